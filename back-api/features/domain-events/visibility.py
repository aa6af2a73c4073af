"""The fields of an event or dead letter that a caller may see; the event's `EventData` declares them."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from shared.models.event_data import EVENT_DATA, streams
from shared.models.event_streams import DeadLetter
from shared.models.events import Event, stream_of
from shared.security.event_fields import FULL_VIEW


def streams_for(permissions: Collection[str]) -> list[str]:
    """Those in which there is something that the caller may see."""
    if FULL_VIEW in permissions:
        return streams()
    return sorted({stream_of(event_type) for (event_type, _), data in EVENT_DATA.items() if data.is_shown()})


def event_for(permissions: Collection[str], event: Event) -> Event | None:
    """`event` with the fields that the caller may see; None for an act of an administrator and for an unknown form."""
    if FULL_VIEW in permissions:
        return event
    form = EVENT_DATA.get((event.type, event.version))
    if form is None or not form.is_shown():
        return None
    return event.model_copy(update={"data": _only(event.data, form.fields_shown)})


def dead_letter_for(permissions: Collection[str], letter: DeadLetter) -> DeadLetter:
    """`letter` with what the caller may see of its event; the error without its message, which may quote the event."""
    if FULL_VIEW in permissions:
        return letter
    event = letter.event and event_for(permissions, letter.event)
    update = {"event": event, "text": event.model_dump_json() if event else "", "error": letter.error.partition(":")[0]}
    return letter.model_copy(update=update)


def _only(data: Mapping[str, Any], paths: Collection[str], prefix: str = "") -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in data.items():
        path = f"{prefix}{name}"
        if path in paths:
            kept[name] = value
        elif isinstance(value, Mapping) and (inner := _only(cast(Mapping[str, Any], value), paths, f"{path}.")):
            kept[name] = inner
    return kept
