"""Audit rules for acts of administrators on events."""

from features.audit.rule import AuditRule
from shared.models.event_stream_events import (
    LetterDiscarded,
    LetterEvent,
    LetterReplayed,
    StreamReplayed,
    UnsentDiscarded,
    UnsentRetried,
)
from shared.models.events import Event


def _administrator(_: Event, data: LetterEvent | StreamReplayed) -> str:
    return data.actor_id


_DEAD_LETTER = AuditRule(
    "dead_letter",
    ("letter.kind", "letter.group", "letter.stream", "letter.held_type", "letter.held_id"),
    _administrator,
)
AUDIT_RULES = {
    LetterReplayed: _DEAD_LETTER,
    LetterDiscarded: _DEAD_LETTER,
    UnsentRetried: _DEAD_LETTER,
    UnsentDiscarded: _DEAD_LETTER,
    StreamReplayed: AuditRule("consumer_group", ("stream", "from_id", "entries"), _administrator),
}
