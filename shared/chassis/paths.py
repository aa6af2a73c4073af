"""ASGI middleware: answers 404 to a path with an encoded slash. A router that decodes it would see other segments than the gateway."""

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.chassis import problems
from shared.utils.errors import NotFound


class EncodedSlashMiddleware:
    """RFC 3986, section 2.2: `%2F` is part of a segment. No address of ours has one there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and b"%2f" in scope.get("raw_path", b"").lower():
            error = NotFound("Nothing answers at this address.")
            await problems.response(error, scope["path"])(scope, receive, send)
        else:
            await self.app(scope, receive, send)
