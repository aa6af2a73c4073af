"""Reads a request header from the ASGI scope, without building a mapping for every request."""

from starlette.requests import Request
from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """The value of the first header `name` (in lower case), if it is there."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def forwarded_for(request: Request) -> str:
    """`X-Forwarded-For` as a proxy passes it on: the received value and the sender. The receiver decides whom to trust."""
    sent = request.headers.getlist("x-forwarded-for")
    return ", ".join([*sent, *([request.client.host] if request.client else [])])
