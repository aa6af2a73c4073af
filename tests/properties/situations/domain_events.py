"""Events on a stack that is well: none fails, and nobody waits for long."""

from tests.properties.situations.visitor import always, excuse

always("POST /internal/outbox/claim", "body", lease_seconds=1)  # the relay waits for these events so long
always("POST /internal/outbox/wait", "query", timeout=0)
excuse(
    "no event fails on a stack that is well",
    "POST /api/events/dead-letters/{letter_id}/replay",
    "DELETE /api/events/dead-letters/{letter_id}",
    "POST /internal/outbox/dead/{event_id}/retry",
    "DELETE /internal/outbox/dead/{event_id}",
)
excuse("names a group and a stream; tests/integration/test_events.py does it", "POST /api/events/replays")
