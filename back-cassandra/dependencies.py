"""The dependencies of the routes: the resources of the lifespan, and bounded paging parameters."""

from typing import Annotated

from fastapi import Query, Request
from resources import Resources

from shared.models.base import QueryInt

Limit = Annotated[QueryInt, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=200)]


def resources_of(request: Request) -> Resources:
    """The resources that the lifespan created."""
    return request.app.state.resources
