"""A request header straight out of the ASGI scope: what every request asks for need not build a mapping first."""

from starlette.requests import Request
from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """The value of the first header `name` (in lower case), if it is there."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def forwarded_for(request: Request) -> str:
    """`X-Forwarded-For` as a proxy passes it on: what came, and who sent it. Whom to believe, the receiver decides."""
    sent = request.headers.getlist("x-forwarded-for")
    return ", ".join([*sent, *([request.client.host] if request.client else [])])
