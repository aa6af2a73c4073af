"""ASGI middleware: binds the correlation id, returns it on every answer, logs the request, and answers a crash.

It also sets the cache headers of each answer, those of other middleware included (shared.chassis.caching).

Starlette's own error middleware sits outside user middleware, so that an unhandled error would lose the id and the
problem body; this one answers it when nothing was sent yet and re-raises, so that the server still logs it.
"""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.chassis import problems, tracing
from shared.chassis.caching import cache_headers
from shared.chassis.headers import header
from shared.utils import correlation
from shared.utils.errors import ServiceError

_CRASHED = "Something went wrong on our side. Try again; if it persists, contact support with the correlation id."
_HEADER = correlation.HEADER.lower().encode()
_QUIET = ("/health", "/health/ready", "/metrics")


class CorrelationMiddleware:
    """Outermost middleware of every service; only tracing wraps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.log = structlog.get_logger("request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        with correlation.bind(correlation.accept(header(scope, _HEADER))) as correlation_id:
            await self._handle(scope, receive, send, correlation_id)

    async def _handle(self, scope: Scope, receive: Receive, send: Send, correlation_id: str) -> None:
        started = time.perf_counter()
        status = 0
        tracing.set_attributes(correlation_id=correlation_id)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                tracing.set_attributes(status=status)
                headers = (*message.get("headers", ()), *cache_headers(message), (_HEADER, correlation_id.encode()))
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception:
            if scope["type"] == "http" and not status:
                await problems.response(ServiceError(_CRASHED), scope["path"])(scope, receive, answer)
            raise
        finally:
            if scope["type"] == "http" and scope["path"] not in _QUIET:
                elapsed = round((time.perf_counter() - started) * 1000, 1)
                self.log.info("request", method=scope["method"], path=scope["path"], status=status, ms=elapsed)
