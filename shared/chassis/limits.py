"""ASGI middleware: refuses a body above its endpoint's `max_body` with 413 before it is parsed or held, chunked ones included."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.chassis import problems
from shared.chassis.headers import header
from shared.contracts.body_limits import BodyLimits
from shared.utils.errors import PayloadTooLarge


class _TooLarge(HTTPException):
    """An HTTPException, since FastAPI turns any other one that is raised while it reads a body into 400."""

    def __init__(self) -> None:
        super().__init__(413, "The body is larger than this service reads.")


class BodyLimitMiddleware:
    """Wraps every reader of a body; `limits` are those of this service's contracts."""

    def __init__(self, app: ASGIApp, limits: BodyLimits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = header(scope, b"content-length")
        if declared is None and header(scope, b"transfer-encoding") is None:  # there is no body (RFC 9112, section 6.3)
            await self.app(scope, receive, send)
            return
        limit = self.limits.limit_of(scope["method"], scope["path"])
        if declared and declared.isdigit() and int(declared) > limit:
            await _refuse(limit, scope, receive, send)
        else:
            await self._count(limit, scope, receive, send)

    async def _count(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        received = 0
        started = False

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooLarge
            return message

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, count, watch)
        except _TooLarge:
            if not started:
                await _refuse(limit, scope, receive, send)


async def _refuse(limit: int, scope: Scope, receive: Receive, send: Send) -> None:
    error = PayloadTooLarge(f"Send a body of at most {limit:,} bytes.")
    await problems.response(error, scope["path"])(scope, receive, send)
