"""Adapters over back-redis: sessions and the limits of logins. The other ports are kept by `services/`, which name them."""

import structlog

from back_redis.rate_limits import CountedAttempt, RateLimiter
from back_redis.sessions import SessionStore
from services.device_tokens import DeviceTokens
from services.limits import Budgets, by_address, by_mailbox, by_network
from shared.models.user import User
from shared.utils.errors import TooManyRequests

from .domain.ports import Attempt, Device, Owner, RotatedToken, TokenReuse

ELSEWHERE = ", or from a device you have used before"
log = structlog.get_logger("authentication")


class RedisLoginThrottle:
    """`ports.LoginThrottle`."""

    def __init__(self, limiter: RateLimiter, budgets: Budgets, devices: DeviceTokens) -> None:
        self._limiter = limiter
        self._budgets = budgets
        self._devices = devices

    async def acquire(self, email: str, device: Device) -> Attempt:
        """A known device that has used up its own budget is treated as any other one."""
        known = self._devices.device(device.token, email)
        if known and (await self._limiter.hit(self._budgets.device_failures.attempt_of(known)))[0].allowed:
            return Attempt(email, device.ip, known, locks=False)
        try:
            account, *_ = await self._limiter.acquire(self._account(email), *self._places(device.ip))
        except TooManyRequests as error:
            log.warning("login refused", reason="too many attempts")
            raise TooManyRequests.after(error.retry_after, instead=ELSEWHERE) from None
        return Attempt(email, device.ip, None, locks=account.remaining == 0)

    async def release(self, attempt: Attempt) -> None:
        if attempt.known_device:
            await self._limiter.release(self._budgets.device_failures.attempt_of(attempt.known_device))
        else:
            await self._limiter.release(self._account(attempt.email), *self._places(attempt.ip))

    async def succeeded(self, attempt: Attempt) -> None:
        """Failures of other devices on the account count on when a known one logs in."""
        if attempt.known_device:
            await self._limiter.release(forget=[self._budgets.device_failures.attempt_of(attempt.known_device)])
        else:
            await self._limiter.release(*self._places(attempt.ip), forget=[self._account(attempt.email)])
        try:
            await self._limiter.acquire(self._budgets.logins.attempt_of(attempt.email))
        except TooManyRequests as error:
            log.warning("login refused", reason="too many logins")
            raise TooManyRequests.after(error.retry_after, what="logins to this account") from None

    async def may_notify(self, email: str) -> bool:
        [decision] = await self._limiter.hit(self._budgets.lock_notices.attempt_of(by_mailbox(email)))
        return decision.allowed

    async def check_refresh(self, session_id: str) -> None:
        await self._limiter.acquire(self._budgets.refreshes.attempt_of(session_id))

    def _account(self, email: str) -> CountedAttempt:
        return self._budgets.account_failures.attempt_of(email)

    def _places(self, ip: str) -> tuple[CountedAttempt, CountedAttempt]:
        budgets = self._budgets
        return budgets.address_failures.attempt_of(by_address(ip)), budgets.network_failures.attempt_of(by_network(ip))


class RedisSessions:
    """`ports.Sessions`."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store

    async def open(self, user: User, device: Device) -> RotatedToken:
        opened = await self._store.open(user.id, role=user.role, ip=device.ip, user_agent=device.user_agent)
        return RotatedToken(opened.session_id, opened.refresh_token)

    async def owner(self, refresh_token: str) -> Owner | None:
        owner = await self._store.owner(refresh_token)
        return Owner(owner.session_id, owner.user_id, owner.role) if owner else None

    async def rotate(self, refresh_token: str, role: str) -> RotatedToken | TokenReuse | None:
        rotated = await self._store.rotate(refresh_token, role=role)
        if rotated.outcome == "reused":
            log.warning("refresh token reused", user_id=rotated.user_id, session_id=rotated.session_id)
            return TokenReuse(rotated.session_id)
        return RotatedToken(rotated.session_id, rotated.refresh_token) if rotated.outcome == "rotated" else None

    async def close(self, refresh_token: str) -> None:
        await self._store.close(refresh_token)

    async def close_all(self, user_id: str) -> None:
        await self._store.revoke_all(user_id)
