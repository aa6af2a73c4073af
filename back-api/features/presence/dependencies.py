"""The dependencies of `api.py`: the domain over its adapters."""

from typing import Annotated

from dependencies import resources_of
from fastapi import Depends, Request

from .domain import PresenceDomain
from .infrastructure import Presence


async def _domain(request: Request) -> PresenceDomain:
    return PresenceDomain(Presence(resources_of(request).redis))


Domain = Annotated[PresenceDomain, Depends(_domain)]
