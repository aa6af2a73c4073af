"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import UserAdministrationDomain
from .infrastructure import BackPostgresUsers


async def _domain(request: Request) -> UserAdministrationDomain:
    return UserAdministrationDomain(BackPostgresUsers(resources_of(request).back_postgres))


Domain = Annotated[UserAdministrationDomain, Depends(_domain)]
