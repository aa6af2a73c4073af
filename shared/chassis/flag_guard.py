"""The routes of a feature behind a flag: while it is off for the caller, they answer 404.

Who calls is looked up only while the flag is on for some and not for others: a feature that is off is off for a wrong token as
well, and one that is on for everybody costs a look into memory.
"""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.chassis.identity import Identity, authenticate_if_sent
from shared.chassis.problems import NOTHING_HERE
from shared.feature_flags.evaluation import NOBODY, EvaluationContext, context_of
from shared.feature_flags.registry import FeatureRegistry
from shared.utils.errors import NotFound


class FeatureOff(NotFound):
    """The answer of a path without an endpoint."""

    def __init__(self) -> None:
        super().__init__(NOTHING_HERE)


def as_context(caller: Identity | None) -> EvaluationContext:
    """The caller for whom flags are evaluated."""
    return context_of(caller.user_id, caller.role) if caller else NOBODY


def put_behind(flag: str, routes: Iterable[BaseRoute], registry: FeatureRegistry) -> None:
    """Makes each of `routes` answer 404 while `flag` is off for the caller, as `registry` says."""
    for route in routes:
        if isinstance(route, Route):
            route.app = _FlagGuard(flag, route.app, registry)


class _FlagGuard:
    """An ASGI application that wraps that of a route."""

    def __init__(self, flag: str, app: ASGIApp, registry: FeatureRegistry) -> None:
        self._flag = flag
        self._app = app
        self._registry = registry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._registry.is_on_for_everybody(self._flag):
            await self._refuse_without(Request(scope))
        await self._app(scope, receive, send)

    async def _refuse_without(self, request: Request) -> None:
        """Raises FeatureOff unless the caller has the feature, Unauthenticated for a token that is refused."""
        if not self._registry.is_on_for_anybody(self._flag):
            raise FeatureOff
        if not await self._registry.is_enabled(self._flag, as_context(await authenticate_if_sent(request))):
            raise FeatureOff
