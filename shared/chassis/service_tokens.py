"""The tokens with which this service calls others: one per callee, renewed in time, by one request however many wait for it."""

import asyncio
import base64
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import structlog

from shared.chassis.client import ServiceClient
from shared.chassis.settings import CallerSettings
from shared.models.service_token import ServiceToken
from shared.utils.errors import ServiceError, TooManyRequests, Unavailable

PATH = "/internal/service-tokens"
RENEW_AT = 0.8
"""The share of a token's life after which it is renewed."""
SPARE_SECONDS = 5.0
"""A token that expires sooner could expire in transit."""
RETRY_SECONDS = 2.0
Issue = Callable[[str], Awaitable[ServiceToken]]
log = structlog.get_logger("service tokens")


@dataclass
class CachedToken:
    """Times are those of `time.monotonic`."""

    token: str
    renew_at: float
    expires_at: float


class ServiceTokens:
    """Use as an async context manager. `cached` may outlive it, for processes that open it again and again."""

    def __init__(self, issue: Issue, cached: dict[str, CachedToken] | None = None) -> None:
        self._issue = issue
        self._cached: dict[str, CachedToken] = {} if cached is None else cached
        self._renewals: dict[str, asyncio.Task[str]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        renewals = list(self._renewals.values())
        for renewal in renewals:
            renewal.cancel()
        await asyncio.gather(*renewals, return_exceptions=True)

    async def token(self, callee: str) -> str:
        """At once while one is valid, even if it is being renewed or back-auth is away. Raises Unavailable otherwise."""
        now = time.monotonic()
        cached = self._cached.get(callee)
        if cached is None or cached.expires_at - SPARE_SECONDS <= now:
            return await asyncio.shield(self._renewal(callee))
        if cached.renew_at <= now:
            self._renewal(callee)
        return cached.token

    def forget(self, callee: str, token: str) -> None:
        cached = self._cached.get(callee)
        if cached and cached.token == token:
            del self._cached[callee]

    def _renewal(self, callee: str) -> asyncio.Task[str]:
        """The one that runs, or a new one."""
        running = self._renewals.get(callee)
        if running is None or running.done():
            running = self._renewals[callee] = asyncio.create_task(self._renew(callee), name=f"token for {callee}")
            running.add_done_callback(_seen)
        return running

    async def _renew(self, callee: str) -> str:
        started = time.monotonic()
        try:
            issued = await self._issue(callee)
        except ServiceError as error:
            if cached := self._cached.get(callee):
                cached.renew_at = time.monotonic() + RETRY_SECONDS
            log.warning("no new service token", callee=callee, reason=str(error), status=error.status)
            if isinstance(error, Unavailable):
                raise
            wait = error.retry_after if isinstance(error, TooManyRequests) else 2
            raise Unavailable(dependency="back-auth", retry_after=wait) from error
        life = issued.expires_in
        self._cached[callee] = CachedToken(issued.access_token, started + RENEW_AT * life, started + life)
        return issued.access_token


def _seen(renewal: asyncio.Task[str]) -> None:
    """Nobody may have waited for it; asyncio would complain about an error that nobody has looked at."""
    if not renewal.cancelled():
        renewal.exception()


def client_credentials(name: str, secret: str, back_auth: ServiceClient) -> Issue:
    """Tokens of `name` by OAuth 2 client credentials (RFC 6749, section 4.4)."""
    basic = "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()

    async def issue(callee: str) -> ServiceToken:
        form = urlencode({"grant_type": "client_credentials", "audience": callee}).encode()
        answer = await back_auth.call(
            "POST",
            PATH,
            content=form,
            content_type="application/x-www-form-urlencoded",
            headers={"Authorization": basic},
        )
        return back_auth.parse(ServiceToken, answer)

    return issue


class ServiceIdentity(ServiceTokens):
    """The tokens of the service `name`, from back-auth over a connection of their own."""

    def __init__(self, name: str, settings: CallerSettings, cached: dict[str, CachedToken] | None = None) -> None:
        self._back_auth = ServiceClient("back-auth", settings.back_auth_url)
        super().__init__(client_credentials(name, settings.service_secret.get_secret_value(), self._back_auth), cached)

    async def __aenter__(self) -> Self:
        await self._back_auth.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await super().__aexit__(kind, error, trace)
        await self._back_auth.__aexit__(kind, error, trace)
