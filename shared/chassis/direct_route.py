"""A GET endpoint that Starlette answers directly, before FastAPI's route of the same path.

For the few paths that nearly every page requests: FastAPI's walk through the routes, its dependency solving and its
response field cost about as much as a query (docs/decisions/0046-direct-routes.md). FastAPI's route stays, for the
OpenAPI document and for the other methods.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

Handler = Callable[[Request], Awaitable[Response]]
_NONE: tuple[Match, Scope] = (Match.NONE, {})


class DirectRoute(Route):
    """`path` as FastAPI writes it; `handler` does what the dependencies would have done."""

    def __init__(self, path: str, handler: Handler) -> None:
        super().__init__(path, handler, methods=["GET"])
        self._is_static = "{" not in path

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["method"] != "GET":
            return _NONE
        if self._is_static and scope["path"] != self.path:
            return _NONE
        match, child_scope = super().matches(scope)
        if match is Match.FULL:
            child_scope["route"] = self  # FastAPI's router sets it for its own routes only; metrics and spans need it
        return match, child_scope
