"""The adapters of authentication: back-postgres, back-redis, and the limits of attempts."""

from dataclasses import replace
from typing import Annotated

import structlog
from fastapi import Depends, Header, Request

from back_redis.rate_limits import CountedAttempt, RateLimiter
from back_redis.sessions import SessionStore
from resources import Resources, resources_of
from services.device_tokens import DeviceTokens
from services.limits import Budgets, by_address, by_mailbox, by_network, refusal
from services.users import Users
from shared.models.user import User
from shared.utils.errors import TooManyRequests
from shared.utils.texts import one_line

from .domain.login import LoginDomain
from .domain.needs import Attempt, Device, Owner, Renewed, Reused
from .domain.renewal import RenewalDomain

MAX_USER_AGENT = 256
MAX_DEVICE_TOKEN = 512
DEVICE_HEADER = "X-Device-Token"
ELSEWHERE = ", or from a device you have used before"
log = structlog.get_logger("authentication")


class RedisAttempts:
    def __init__(self, limiter: RateLimiter, budgets: Budgets, devices: DeviceTokens) -> None:
        self._limiter, self._budgets, self._devices = limiter, budgets, devices

    async def take(self, email: str, device: Device) -> Attempt:
        """A known device that has used up its own budget is treated as any other one."""
        known = self._devices.device(device.token, email)
        if known and (await self._limiter.hit(self._budgets.device_failures.of(known)))[0].allowed:
            return Attempt(email, device.ip, known, locks=False)
        try:
            account, *_ = await self._limiter.acquire(self._account(email), *self._places(device.ip))
        except TooManyRequests as error:
            log.warning("login refused", reason="too many attempts")
            raise refusal(error.retry_after, instead=ELSEWHERE) from None
        return Attempt(email, device.ip, None, locks=account.remaining == 0)

    async def give_back(self, attempt: Attempt) -> None:
        if attempt.known_device:
            await self._limiter.release(self._budgets.device_failures.of(attempt.known_device))
        else:
            await self._limiter.release(self._account(attempt.email), *self._places(attempt.ip))

    async def succeeded(self, attempt: Attempt) -> None:
        """Failures of other devices on the account count on when a known one logs in."""
        if attempt.known_device:
            await self._limiter.release(forget=[self._budgets.device_failures.of(attempt.known_device)])
        else:
            await self._limiter.release(*self._places(attempt.ip), forget=[self._account(attempt.email)])
        try:
            await self._limiter.acquire(self._budgets.logins.of(attempt.email))
        except TooManyRequests as error:
            log.warning("login refused", reason="too many logins")
            raise refusal(error.retry_after, what="logins to this account") from None

    async def may_tell(self, email: str) -> bool:
        [decision] = await self._limiter.hit(self._budgets.lock_notices.of(by_mailbox(email)))
        return decision.allowed

    async def refreshing(self, session_id: str) -> None:
        await self._limiter.acquire(self._budgets.refreshes.of(session_id))

    def _account(self, email: str) -> CountedAttempt:
        return self._budgets.account_failures.of(email)

    def _places(self, ip: str) -> tuple[CountedAttempt, CountedAttempt]:
        budgets = self._budgets
        return budgets.address_failures.of(by_address(ip)), budgets.network_failures.of(by_network(ip))


class RedisSessions:
    def __init__(self, store: SessionStore) -> None:
        self._store = store

    async def open(self, user: User, device: Device) -> Renewed:
        opened = await self._store.open(user.id, role=user.role, ip=device.ip, user_agent=device.user_agent)
        return Renewed(opened.session_id, opened.refresh_token)

    async def owner(self, refresh_token: str) -> Owner | None:
        owner = await self._store.owner(refresh_token)
        return Owner(owner.session_id, owner.user_id, owner.role) if owner else None

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


async def _device_and_token(
    device: Annotated[Device, Depends(_device)],
    token: Annotated[str, Header(alias=DEVICE_HEADER, description="The one of this device's last login.")] = "",
) -> Device:
    return replace(device, token=token if len(token) <= MAX_DEVICE_TOKEN else "")


def _attempts(resources: Resources) -> RedisAttempts:
    return RedisAttempts(resources.limiter, resources.budgets, resources.devices)


async def _logins(request: Request) -> LoginDomain:
    resources = resources_of(request)
    return LoginDomain(
        directory=Users(resources.back_postgres),
        passwords=resources.hashing,
        attempts=_attempts(resources),
        devices=resources.devices,
        sessions=RedisSessions(resources.sessions),
        tokens=resources.keys,
        events=resources.events,
    )


async def _renewals(request: Request) -> RenewalDomain:
    resources = resources_of(request)
    return RenewalDomain(
        directory=Users(resources.back_postgres),
        attempts=_attempts(resources),
        sessions=RedisSessions(resources.sessions),
        tokens=resources.keys,
        events=resources.events,
    )


CallingDevice = Annotated[Device, Depends(_device)]
LoginDevice = Annotated[Device, Depends(_device_and_token)]
Logins = Annotated[LoginDomain, Depends(_logins)]
Renewals = Annotated[RenewalDomain, Depends(_renewals)]
