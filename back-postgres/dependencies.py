"""The dependencies of the routes: the database, the listener, and validated ids and page sizes."""

from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import AfterValidator

from database import Database
from listener import OutboxListener
from resources import Resources
from shared.models.base import QueryInt
from shared.utils.errors import NotFound
from shared.utils.ids import is_id


def resources_of(request: Request) -> Resources:
    """The resources that the lifespan created."""
    return request.app.state.resources


async def _database(request: Request) -> Database:
    return resources_of(request).database


async def _listener(request: Request) -> OutboxListener:
    return resources_of(request).listener


def parse_id(text: str) -> str:
    """`text` in its canonical form.

    Raises:
        NotFound: it is no id, so it names nothing.
    """
    if not is_id(text):
        raise NotFound("There is nothing with this id.")
    return text.lower()


Db = Annotated[Database, Depends(_database)]
Listener = Annotated[OutboxListener, Depends(_listener)]
PathId = Annotated[str, AfterValidator(parse_id)]
"""An id in a path; a malformed one names nothing, so it is 404 rather than 422."""
Limit = Annotated[QueryInt, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=500)]
Version = Annotated[QueryInt | None, Query(ge=1, le=2**31 - 1)]
"""The version that the caller saw; left out, any version will do."""
