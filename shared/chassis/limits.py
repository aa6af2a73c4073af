"""ASGI middleware: refuses a body above the limit with 413 before it is held in memory, chunked ones included."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.chassis import problems
from shared.chassis.headers import header
from shared.utils.errors import PayloadTooLarge

MAX_BODY = 4 * 1024 * 1024


class _TooLarge(HTTPException):
    """An HTTPException, since FastAPI turns any other one that is raised while it reads a body into 400."""

    def __init__(self) -> None:
        super().__init__(413, "The body is larger than this service reads.")


class BodyLimitMiddleware:
    """`limit` is in bytes."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = header(scope, b"content-length")
        if declared is None and header(scope, b"transfer-encoding") is None:  # there is no body (RFC 9112, section 6.3)
            await self.app(scope, receive, send)
        elif declared and declared.isdigit() and int(declared) > self.limit:
            await self._refuse(scope, receive, send)
        else:
            await self._count(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        received, started = 0, False

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
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
                await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        error = PayloadTooLarge(f"The body may be at most {self.limit // 1024} KiB.")
        await problems.response(error, scope["path"])(scope, receive, send)
