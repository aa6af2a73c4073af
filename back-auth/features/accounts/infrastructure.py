"""The adapters of accounts: back-postgres, and the limits of registrations."""

from typing import Annotated

from fastapi import Depends, Request

from back_redis.rate_limits import RateLimiter
from resources import resources_of
from services.limits import Budgets, by_mailbox, by_network, refused_as
from services.users import Users

from .domain import AccountsDomain


class RedisAttempts:
    def __init__(self, limiter: RateLimiter, budgets: Budgets) -> None:
        self._limiter, self._budgets = limiter, budgets

    async def demand(self, email: str, ip: str) -> None:
        by_whom = self._budgets.mailbox_registrations.of(by_mailbox(email))
        from_where = self._budgets.network_registrations.of(by_network(ip))
        with refused_as("registrations"):
            await self._limiter.acquire(by_whom, from_where)


async def _domain(request: Request) -> AccountsDomain:
    resources = resources_of(request)
    attempts = RedisAttempts(resources.limiter, resources.budgets)
    return AccountsDomain(Users(resources.back_postgres), resources.hashing, attempts)


async def _address(request: Request) -> str:
    return resources_of(request).addresses.of(request)


CallingAddress = Annotated[str, Depends(_address)]
Domain = Annotated[AccountsDomain, Depends(_domain)]
