"""Shaping answers: models straight to JSON bytes, and errors that say which feature is missing.

Returning a `Response` spares FastAPI's second validation of what a peer's answer was parsed into.
"""

from collections.abc import Callable, Coroutine
from typing import Any

from etags import etag
from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from shared.utils.errors import Unavailable

NO_CONTENT = 204


def json_response(
    entity: BaseModel, *, status: int = 200, version: int | None = None, location: str | None = None
) -> Response:
    """`entity` as JSON, with `ETag` and `Location` where given."""
    headers: dict[str, str] = {}
    if version is not None:
        headers = {"ETag": etag(version), "Cache-Control": "private, no-cache"}
    if location is not None:
        headers["Location"] = location
    return Response(entity.model_dump_json(), status_code=status, headers=headers, media_type="application/json")


Handle = Callable[[Request], Coroutine[Any, Any, Response]]


def with_unavailable_message(what: str) -> type[APIRoute]:
    """`route_class=` of a feature's router: a 503 then names `what` ("Your profile is") as not working now."""

    class FeatureRoute(APIRoute):
        def get_route_handler(self) -> Handle:
            return explaining_unavailable(what, super().get_route_handler())

    return FeatureRoute


def explaining_unavailable(what: str, handle: Handle) -> Handle:
    """`handle`, whose 503 names `what`."""

    async def explain(request: Request) -> Response:
        try:
            return await handle(request)
        except Unavailable as error:
            detail = f"{what} not available right now. Please try again in a moment."
            raise Unavailable(detail, dependency=error.dependency, retry_after=error.retry_after) from error

    return explain
