"""A request header straight out of the ASGI scope: what every request asks for need not build a mapping first."""

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str | None:
    """The value of the first header `name` (in lower case), if it is there."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None
