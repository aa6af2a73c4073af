"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import AccountDomain
from .infrastructure import BackPostgresAccounts


async def _domain(request: Request) -> AccountDomain:
    return AccountDomain(BackPostgresAccounts(resources_of(request).back_postgres))


Domain = Annotated[AccountDomain, Depends(_domain)]
