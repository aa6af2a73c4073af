"""Serialises an endpoint's answer: the returned model, its version as ETag, and the missing part in a 503.

A returned model is written as it is: FastAPI would validate it a second time (docs/decisions/0043-returned-models.md).
"""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from shared.utils.errors import Unavailable

NO_CONTENT = 204
Handle = Callable[[Request], Coroutine[Any, Any, Response]]


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def json_response(entity: BaseModel, *, status: int = 200) -> Response:
    """`entity` as JSON; one with a `version` has it as `ETag`."""
    version = getattr(entity, "version", None)
    headers = {} if version is None else {"ETag": etag(version), "Cache-Control": "private, no-cache"}
    return Response(
        entity.__pydantic_serializer__.to_json(entity),
        status_code=status,
        headers=headers,
        media_type="application/json",
    )


class FeatureRoute(APIRoute):
    """`route_class=` of a feature's router: `async def read(...) -> Profile` answers as `json_response` does.

    The return annotation is the response's schema. Headers that the endpoint sets on a parameter `response: Response`
    are added.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _answering(endpoint, options.get("status_code") or 200), **options)


def _answering(endpoint: Callable[..., Awaitable[Any]], status: int) -> Callable[..., Awaitable[Any]]:
    """`endpoint`, with its models turned into responses."""

    @wraps(endpoint)
    async def answer(**values: Any) -> Any:
        result = await endpoint(**values)
        if not isinstance(result, BaseModel):
            return result
        made = json_response(result, status=status)
        injected = values.get("response")
        if isinstance(injected, Response):
            made.headers.update(injected.headers)
        return made

    return answer


def with_unavailable_message(what: str) -> type[FeatureRoute]:
    """A FeatureRoute whose 503 names `what` ("Your profile is") as not working now."""

    class ExplainingRoute(FeatureRoute):
        def get_route_handler(self) -> Handle:
            return explaining_unavailable(what, super().get_route_handler())

    return ExplainingRoute


def explaining_unavailable(what: str, handle: Handle) -> Handle:
    """`handle`, whose 503 names `what`."""

    async def explain(request: Request) -> Response:
        try:
            return await handle(request)
        except Unavailable as error:
            detail = f"{what} not available right now. Try again in a moment."
            raise Unavailable(detail, dependency=error.dependency, retry_after=error.retry_after) from error

    return explain
