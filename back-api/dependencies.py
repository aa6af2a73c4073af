"""Dependencies that all features share: the resources, path ids and paging parameters."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Path, Query, Request
from resources import Resources

from shared.models.base import QueryInt, Text
from shared.utils.errors import NotFound
from shared.utils.ids import is_id


def resources_of(request: Request) -> Resources:
    """The resources that the lifespan created."""
    return request.app.state.resources


def path_id(name: str) -> Callable[[str], Awaitable[str]]:
    """A dependency: the UUID `{name}` of the path; a malformed one is simply not found."""

    async def parse(value: Annotated[str, Path(alias=name, description="UUID")]) -> str:
        if not is_id(value):
            raise NotFound("Nothing has this id.")
        return value.lower()

    return parse


Limit = Annotated[QueryInt, Query(ge=1, le=100, description="Items a page")]
Cursor = Annotated[Text | None, Query(max_length=500, description="`next_cursor` of the page before")]
DEFAULT_LIMIT = 20
