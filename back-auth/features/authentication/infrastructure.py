"""The adapters of authentication: back-postgres, back-redis, and the limits of attempts."""

from typing import Annotated

import structlog
from fastapi import Depends, Request

from back_redis.rate_limits import Counted, Limit, RateLimiter
from back_redis.sessions import SessionStore
from resources import resources_of
from services.client_address import subject
from services.users import Users
from settings import Settings
from shared.models.user import User
from shared.utils.errors import TooManyRequests
from shared.utils.texts import one_line

from .domain.login import LoginDomain
from .domain.needs import Device, Owner, Renewed, Reused
from .domain.renewal import RenewalDomain

MAX_USER_AGENT = 256
REFRESHES = Limit(attempts=60, seconds=60)
log = structlog.get_logger("authentication")


class RedisAttempts:
    def __init__(self, limiter: RateLimiter, settings: Settings) -> None:
        self._limiter = limiter
        self._by_account = Limit(settings.account_failures, settings.account_failures_seconds)
        self._by_address = Limit(settings.address_failures, settings.address_failures_seconds)

    async def take(self, email: str, ip: str) -> bool:
        try:
            account, _ = await self._limiter.demand(self._account(email), self._address(ip))
        except TooManyRequests:
            log.warning("login refused", reason="too many attempts")
            raise
        return account.remaining == 0

    async def give_back(self, email: str, ip: str) -> None:
        await self._limiter.give_back(self._account(email), self._address(ip))

    async def succeeded(self, email: str, ip: str) -> None:
        await self._limiter.give_back(self._address(ip), forget=[self._account(email)])

    async def refreshing(self, refresh_token: str) -> None:
        await self._limiter.demand(Counted("refresh", refresh_token.partition(".")[0], REFRESHES))

    def _account(self, email: str) -> Counted:
        return Counted("account", email, self._by_account)

    def _address(self, ip: str) -> Counted:
        return Counted("address", subject(ip), self._by_address)


class RedisSessions:
    def __init__(self, store: SessionStore) -> None:
        self._store = store

    async def open(self, user: User, device: Device) -> Renewed:
        opened = await self._store.open(user.id, role=user.role, ip=device.ip, user_agent=device.user_agent)
        return Renewed(opened.session_id, opened.refresh_token)

    async def owner(self, refresh_token: str) -> Owner | None:
        owner = await self._store.owner(refresh_token)
        return Owner(owner.user_id, owner.role) if owner else None

    async def rotate(self, refresh_token: str, role: str) -> Renewed | Reused | None:
        rotated = await self._store.rotate(refresh_token, role=role)
        if rotated.outcome == "reused":
            log.warning("refresh token reused", user_id=rotated.user_id, session_id=rotated.session_id)
            return Reused(rotated.session_id)
        return Renewed(rotated.session_id, rotated.refresh_token) if rotated.outcome == "rotated" else None

    async def close(self, refresh_token: str) -> None:
        await self._store.close(refresh_token)

    async def close_all(self, user_id: str) -> None:
        await self._store.revoke_all(user_id)


async def _device(request: Request) -> Device:
    addresses = resources_of(request).addresses
    return Device(ip=addresses.of(request), user_agent=one_line(request.headers.get("user-agent", ""))[:MAX_USER_AGENT])


async def _logins(request: Request) -> LoginDomain:
    resources = resources_of(request)
    return LoginDomain(
        directory=Users(resources.back_postgres),
        passwords=resources.hashing,
        attempts=RedisAttempts(resources.limiter, resources.settings),
        sessions=RedisSessions(resources.sessions),
        tokens=resources.keys,
        events=resources.events,
    )


async def _renewals(request: Request) -> RenewalDomain:
    resources = resources_of(request)
    return RenewalDomain(
        directory=Users(resources.back_postgres),
        attempts=RedisAttempts(resources.limiter, resources.settings),
        sessions=RedisSessions(resources.sessions),
        tokens=resources.keys,
        events=resources.events,
    )


CallingDevice = Annotated[Device, Depends(_device)]
Logins = Annotated[LoginDomain, Depends(_logins)]
Renewals = Annotated[RenewalDomain, Depends(_renewals)]
