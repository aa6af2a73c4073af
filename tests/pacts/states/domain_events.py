"""Events that consumers could not handle; no consumer runs beside the providers."""

import json
from datetime import UTC, datetime

from shared.utils.ids import new_id
from tests.pacts.states.providers import Providers, Values, state
from tests.streams import add

STREAM = "events:user"


@state("an event that is a dead letter")
async def dead_letter(providers: Providers) -> Values:
    """In its stream, where `entry_id` is, and among the dead letters of a group."""
    event_id = new_id()
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    about = {"id": event_id, "aggregate_id": event_id, "correlation_id": event_id, "occurred_at": now}
    text = json.dumps({"type": "user.registered", "version": 1, "data": {}, **about})
    entry_id = await add(providers.redis_port, providers.secrets, "back-workers", STREAM, {"event": text})
    letter = {"event": text, "stream": STREAM, "entry": entry_id, "group": "mail", "error": "No.", "deliveries": "5"}
    letter_id = await add(providers.redis_port, providers.secrets, "back-workers", "events:dead", letter)
    return {"stream": STREAM, "entry_id": entry_id, "letter_id": letter_id}
