"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from fastapi import Depends, Request

from dependencies import resources_of

from .domain import ServiceIdentityDomain
from .infrastructure import declared_calls


async def _domain(request: Request) -> ServiceIdentityDomain:
    resources = resources_of(request)
    return ServiceIdentityDomain(resources.clients, resources.keys, resources.client_failures, declared_calls())


Domain = Annotated[ServiceIdentityDomain, Depends(_domain)]
