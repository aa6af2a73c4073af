"""Presence's adapter is back-redis' own client."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from back_redis.presence import Presence

from .domain import PresenceDomain


async def _domain(request: Request) -> PresenceDomain:
    return PresenceDomain(Presence(resources_of(request).redis))


Domain = Annotated[PresenceDomain, Depends(_domain)]
