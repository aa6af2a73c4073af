"""ASGI middleware: a span for each request and socket, named by its route template.

Stands around CorrelationMiddleware, so that the answer to a crash and the line that is logged belong to the span.
"""

from contextlib import AbstractContextManager

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.chassis import tracing
from shared.chassis.headers import header
from shared.chassis.tracing.spans import Span
from shared.utils import correlation

_HEADER = tracing.HEADER.encode()
_STATE = tracing.STATE_HEADER.encode()
_CORRELATION = correlation.HEADER.lower().encode()
_ORIGIN = correlation.ORIGIN_HEADER.lower().encode()
_QUIET = ("/health", "/health/ready", "/metrics", "/openapi.json", "/asyncapi.json")


class TracingMiddleware:
    """Added only where tracing is on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in _QUIET:
            await self.app(scope, receive, send)
            return
        with _served(scope) as span:

            async def watch(message: Message) -> None:
                if span and message["type"] == "http.response.start":
                    span.set_attribute("status", message["status"])
                await send(message)

            try:
                await self.app(scope, receive, watch)
            finally:
                if span:
                    span.update_name(name_of(scope))


def _served(scope: Scope) -> AbstractContextManager[Span | None]:
    traceparent = header(scope, _HEADER)
    if traceparent:
        return tracing.served(traceparent, tracestate=header(scope, _STATE))
    asked = header(scope, _CORRELATION) is not None and header(scope, _ORIGIN) is None
    return tracing.served(None, asked=asked)


def name_of(scope: Scope) -> str:
    """`GET /api/users/{user_id}`, without what a person has typed."""
    return f"{scope.get('method', 'WS')} {getattr(scope.get('route'), 'path', 'unmatched')}"
