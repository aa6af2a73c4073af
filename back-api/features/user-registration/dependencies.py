"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from shared.chassis.headers import forwarded_for

from .domain import RegistrationDomain
from .infrastructure import BackAuthAccounts


async def _domain(request: Request) -> RegistrationDomain:
    return RegistrationDomain(BackAuthAccounts(resources_of(request).back_auth, forwarded_for(request)))


Domain = Annotated[RegistrationDomain, Depends(_domain)]
