"""The adapters of accounts: back-postgres, and the limit of attempts on one address."""

from typing import Annotated

from fastapi import Depends, Request

from back_redis.rate_limits import Counted, Limit, RateLimiter
from resources import resources_of
from services.users import Users
from settings import Settings

from .domain import AccountsDomain


class RedisAttempts:
    def __init__(self, limiter: RateLimiter, settings: Settings) -> None:
        self._limiter = limiter
        self._limit = Limit(settings.registrations, settings.registrations_seconds)

    async def demand(self, email: str) -> None:
        await self._limiter.demand(Counted("registration", email, self._limit))


async def _domain(request: Request) -> AccountsDomain:
    resources = resources_of(request)
    attempts = RedisAttempts(resources.limiter, resources.settings)
    return AccountsDomain(Users(resources.back_postgres), resources.hashing, attempts)


Domain = Annotated[AccountsDomain, Depends(_domain)]
