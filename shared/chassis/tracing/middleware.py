"""ASGI middleware: a server span for each request and socket, named by its route template.

It wraps CorrelationMiddleware, which sets the status, so that the answer to a crash and its log line belong to the span.
"""

from contextlib import AbstractContextManager

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.chassis import tracing
from shared.chassis.tracing.spans import Span
from shared.utils import correlation

_HEADER = tracing.HEADER.encode()
_STATE = tracing.STATE_HEADER.encode()
_CORRELATION = correlation.HEADER.lower().encode()
_ORIGIN = correlation.ORIGIN_HEADER.lower().encode()
_READ = frozenset((_HEADER, _STATE, _CORRELATION, _ORIGIN))
_QUIET = ("/health", "/health/ready", "/metrics", "/openapi.json", "/asyncapi.json")


class TracingMiddleware:
    """Added only where tracing is on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in _QUIET:
            await self.app(scope, receive, send)
            return
        with _server_span(scope) as span:
            try:
                await self.app(scope, receive, send)
            finally:
                if span:
                    span.update_name(name_of(scope))


def _server_span(scope: Scope) -> AbstractContextManager[Span | None]:
    sent = {name: value.decode("latin-1") for name, value in scope["headers"] if name in _READ}
    asked = _CORRELATION in sent and _ORIGIN not in sent
    return tracing.server_span(sent.get(_HEADER), asked=asked, tracestate=sent.get(_STATE))


def name_of(scope: Scope) -> str:
    """`GET /api/users/{user_id}`, without user input."""
    return f"{scope.get('method', 'WS')} {getattr(scope.get('route'), 'path', 'unmatched')}"
