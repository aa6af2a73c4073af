"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from fastapi import Depends, Request

from dependencies import resources_of
from services.users import Users

from .domain import RegistrationDomain
from .infrastructure import RedisRegistrationThrottle


async def _domain(request: Request) -> RegistrationDomain:
    resources = resources_of(request)
    throttle = RedisRegistrationThrottle(resources.limiter, resources.budgets)
    return RegistrationDomain(Users(resources.back_postgres), resources.hashing, throttle)


Domain = Annotated[RegistrationDomain, Depends(_domain)]
