"""The only way to call another service over HTTP: pooled, with time-outs, correlated, with typed answers and errors.

It uses aiohttp, the fastest of the well-maintained ones (docs/decisions/0003-http-client.md); nothing outside this file depends on it.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import aiohttp
import orjson
import structlog
from pydantic import BaseModel, ValidationError

from shared.chassis import tracing
from shared.chassis.service_identity import REFUSALS
from shared.contracts.allowed_callers import PREFIX
from shared.models.problem import Problem
from shared.security.constants import SERVICE_TOKEN_HEADER
from shared.utils import correlation
from shared.utils.errors import BY_STATUS, Invalid, ServiceError, Stale, TooManyRequests, Unavailable
from shared.utils.failures import PeerFailed, Verdict, record_answer, verdict_for

TIMEOUT_SECONDS = 5.0
POOL_SIZE = 100
Answer = TypeVar("Answer", bound=BaseModel)
Params = Mapping[str, str | int | None]
Exchanged = tuple[int, bytes, str]
"""Status, body and `Retry-After` of an answer."""
log = structlog.get_logger("client")


class TokenSource(Protocol):
    """`shared.chassis.service_tokens` has it."""

    async def token(self, callee: str) -> str:
        """A service token for `callee`. Raises Unavailable when none can be had."""
        ...

    def forget(self, callee: str, token: str) -> None:
        """`callee` refused `token`; the next one will be another."""
        ...


class ServiceClient:
    """A client of one service. Use as an async context manager, once for the life of the process.

    Each call returns the answer as `model`; `call` returns its bytes. Raises the peer's problem as the same
    `ServiceError`; a refused connection or a time-out is `Unavailable`, as is a 5xx or an answer of another shape, then
    as `PeerFailed` unless it means that the peer is away (shared.utils.failures).
    Calls of internal endpoints carry a service token out of `tokens`.
    """

    def __init__(
        self, name: str, base_url: str, *, timeout: float = TIMEOUT_SECONDS, tokens: TokenSource | None = None
    ) -> None:
        self.name = name
        self._tokens = tokens
        self._base_url = base_url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=min(timeout, 2.0))
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=POOL_SIZE, keepalive_timeout=30)
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def get(self, path: str, *, model: type[Answer], params: Params | None = None) -> Answer:
        return self.parse(model, await self.call("GET", path, params=params))

    async def post(
        self, path: str, *, model: type[Answer], json: BaseModel | None = None, params: Params | None = None
    ) -> Answer:
        return self.parse(model, await self.call("POST", path, json=json, params=params))

    async def put(self, path: str, *, model: type[Answer], json: BaseModel) -> Answer:
        return self.parse(model, await self.call("PUT", path, json=json))

    async def patch(self, path: str, *, model: type[Answer], json: BaseModel) -> Answer:
        return self.parse(model, await self.call("PATCH", path, json=json))

    async def delete(self, path: str, *, model: type[Answer], params: Params | None = None) -> Answer:
        return self.parse(model, await self.call("DELETE", path, params=params))

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: BaseModel | None = None,
        params: Params | None = None,
        content: bytes | None = None,
        content_type: str = "application/octet-stream",
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """The call itself, for answers without a model (204, an image); `path` is already escaped, `params` of None are left out."""
        sent = {correlation.HEADER: correlation.current() or correlation.accept(None), **(headers or {})}
        if json is not None:
            content = body_of(json)
            content_type = "application/json"
        if content is not None:
            sent["Content-Type"] = content_type
        status, body, wait = await self._traced(method, path, params, content, sent)
        if not 200 <= status < 300:
            raise self._error(status, body, wait)
        record_answer(self.name)
        return body

    async def _traced(
        self, method: str, path: str, params: Params | None, content: bytes | None, headers: dict[str, str]
    ) -> Exchanged:
        """The call as a span, which the peer continues; without the path, where ids and addresses stand."""
        with tracing.client_span(self.name, f"{method} {self.name}") as span:
            answer = await self._identified(method, path, params, content, headers | tracing.trace_headers())
            if span:
                span.set_attribute("status", answer[0])
            return answer

    async def _identified(
        self, method: str, path: str, params: Params | None, content: bytes | None, headers: dict[str, str]
    ) -> Exchanged:
        """Sends a service token to an internal endpoint; retries once with a new token if the peer refuses it."""
        if self._tokens is None or not path.startswith(PREFIX):
            return await self._exchange(method, path, params, content, headers)
        token = headers[SERVICE_TOKEN_HEADER] = await self._tokens.token(self.name)
        answer = await self._exchange(method, path, params, content, headers)
        if answer[0] == 401 and _problem(*answer[:2]).type in REFUSALS:
            self._tokens.forget(self.name, token)
            headers[SERVICE_TOKEN_HEADER] = await self._tokens.token(self.name)
            answer = await self._exchange(method, path, params, content, headers)
        return answer

    async def _exchange(
        self, method: str, path: str, params: Params | None, content: bytes | None, headers: dict[str, str]
    ) -> Exchanged:
        assert self._session, "use ServiceClient as an async context manager"
        query = {name: str(value) for name, value in (params or {}).items() if value is not None}
        try:
            async with self._session.request(
                method, self._base_url + path, params=query, data=content, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read(), answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unavailable(dependency=self.name) from error

    def parse(self, model: type[Answer], body: bytes) -> Answer:
        """`body`, an answer of this peer, as `model`. Raises PeerFailed when it has another shape."""
        try:
            return model.model_validate_json(body)
        except ValidationError as error:
            raise PeerFailed(f"{self.name} answered in an unexpected form.", dependency=self.name) from error

    def _error(self, status: int, body: bytes, wait: str) -> ServiceError:
        problem = _problem(status, body)
        if problem.type in REFUSALS:  # our own fault: passed on, it would send the user to the login page
            log.error("refused as a caller", callee=self.name, problem=problem.type, detail=problem.detail)
            return Unavailable(dependency=self.name)
        known = BY_STATUS.get(status)
        if known is None or known is Unavailable:
            is_away = verdict_for("http", str(status), f"{status // 100}xx", "5xx") is Verdict.AWAY
            unavailable = Unavailable if is_away else PeerFailed
            dependency = problem.dependency or self.name
            return unavailable(dependency=dependency, peer=self.name, retry_after=_seconds(wait, 2))
        if known is Stale:
            return Stale(problem.detail, current=problem.current)
        if known is Invalid:
            return Invalid(problem.detail, errors=problem.errors)
        if known is TooManyRequests:
            return TooManyRequests(problem.detail, retry_after=_seconds(wait, 1))
        return known(problem.detail)


def _problem(status: int, body: bytes) -> Problem:
    try:
        return Problem.model_validate_json(body)
    except ValidationError:
        return Problem(type="", title="", status=status)


def _seconds(wait: str, otherwise: int) -> int:
    """The seconds of the peer's `Retry-After`."""
    return int(wait) if wait.isdecimal() else otherwise


def body_of(json: BaseModel) -> bytes:
    """The JSON of a request; only what was set, so that "not sent" and "null" stay different. Secrets are revealed here."""
    return orjson.dumps(json.model_dump(mode="python", exclude_unset=True), default=_plain)


def _plain(value: Any) -> Any:
    reveal = getattr(value, "get_secret_value", None)
    if reveal is not None:
        return reveal()
    raise TypeError(f"cannot send {type(value).__name__} as JSON")
