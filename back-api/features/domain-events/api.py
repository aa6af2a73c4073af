"""`/api/events`: to look for who holds `events:read`, to replay and discard for who holds `events:write`."""

from typing import Annotated

from dependencies import DEFAULT_LIMIT, Cursor, Limit
from fastapi import APIRouter, Depends, Path, Query

from shared.chassis.identity import Identity, requires
from shared.chassis.openapi import problems
from shared.chassis.responses import NO_CONTENT, with_unavailable_message
from shared.models.base import Page, Text
from shared.models.event_streams import (
    DeadLetter,
    DeadLetterChanges,
    DeadLetterKind,
    DeadLettersChanged,
    EventDetail,
    EventStreams,
    RecentEvents,
    Replay,
    ReplayRequest,
)

from .dependencies import Domain

ACCEPTED = 202
Reader = Annotated[Identity, Depends(requires("events:read"))]
Writer = Annotated[Identity, Depends(requires("events:write"))]
router = APIRouter(route_class=with_unavailable_message("The events are"), responses=problems(403, 503))
KINDS = (
    "`dead`: failed for good; `aside`: of a version not known yet, or of a feature that is off; `unsent`: never came to its stream; "
    "`waiting`: waits for a peer that is away, and is tried again by itself"
)
Kind = Annotated[DeadLetterKind, Query(description=KINDS)]
LetterId = Annotated[Text, Path(max_length=50)]
EntryId = Annotated[Text, Path(max_length=50)]
StreamName = Annotated[Text, Path(max_length=100, description="`events:<family>`")]
Stream = Annotated[Text | None, Query(max_length=100, description="`events:<family>`; all of them without")]


@router.get("/api/events/streams", summary="How far everybody is")
async def streams(domain: Domain, _: Reader) -> EventStreams:
    return await domain.streams()


@router.get(
    "/api/events/streams/{stream}/{entry_id}",
    responses=problems(404),
    summary="One event, and who could not handle it",
)
async def read_event(domain: Domain, user: Reader, stream: StreamName, entry_id: EntryId) -> EventDetail:
    return await domain.read_event(stream, entry_id, user.permissions)


@router.get("/api/events/recent", summary="The newest events")
async def list_recent_events(
    domain: Domain, user: Reader, stream: Stream = None, limit: Limit = DEFAULT_LIMIT
) -> RecentEvents:
    return await domain.list_recent_events(stream, limit, user.permissions)


@router.get("/api/events/dead-letters", summary="What could not be handled")
async def list_dead_letters(
    domain: Domain, user: Reader, kind: Kind = "dead", limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page[DeadLetter]:
    return await domain.list_dead_letters(kind, limit=limit, cursor=cursor, permissions=user.permissions)


@router.get("/api/events/dead-letters/{letter_id}", responses=problems(404), summary="One of them")
async def read_dead_letter(domain: Domain, user: Reader, letter_id: LetterId, kind: Kind = "dead") -> DeadLetter:
    return await domain.read_dead_letter(kind, letter_id, user.permissions)


@router.post(
    "/api/events/dead-letters/{letter_id}/replay",
    status_code=NO_CONTENT,
    responses=problems(404, 409),
    summary="Have one handled, or sent, once more",
)
async def replay_dead_letter(domain: Domain, user: Writer, letter_id: LetterId, kind: Kind = "dead") -> None:
    await domain.replay_dead_letter(kind, letter_id, by=user.user_id)


@router.delete(
    "/api/events/dead-letters/{letter_id}",
    status_code=NO_CONTENT,
    responses=problems(404),
    summary="Discard one",
)
async def discard(domain: Domain, user: Writer, letter_id: LetterId, kind: Kind = "dead") -> None:
    await domain.discard(kind, letter_id, by=user.user_id)


@router.post("/api/events/dead-letters/changes", summary="Replay or discard several")
async def change_dead_letters(domain: Domain, user: Writer, body: DeadLetterChanges) -> DeadLettersChanged:
    return await domain.change_dead_letters(body, by=user.user_id)


@router.post(
    "/api/events/replays",
    status_code=ACCEPTED,
    responses=problems(404),
    summary="Have a group handle a stream once more from an entry on",
)
async def replay(domain: Domain, user: Writer, body: ReplayRequest) -> Replay:
    return await domain.replay(body.group, body.stream, body.from_id, by=user.user_id)
