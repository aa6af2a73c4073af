"""Events on a stack that is well: none fails, and nobody waits for long."""

from tests.properties.situations.visitor import Fitting, Visitor, always, excuse, situation
from tests.waiting import eventually

always("POST /internal/outbox/claim", "body", lease_seconds=1)  # the relay waits for these events so long
always("POST /internal/outbox/wait", "query", timeout=0)
excuse(
    "no event fails on a stack that is well",
    "GET /api/events/dead-letters/{letter_id}",
    "POST /api/events/dead-letters/{letter_id}/replay",
    "DELETE /api/events/dead-letters/{letter_id}",
    "GET /internal/outbox/dead/{event_id}",
    "POST /internal/outbox/dead/{event_id}/retry",
    "DELETE /internal/outbox/dead/{event_id}",
)
excuse("names a group and a stream; tests/integration/test_events.py does it", "POST /api/events/replays")


@situation("GET /api/events/streams/{stream}/{entry_id}")
def event(visitor: Visitor) -> Fitting:
    """The newest: somebody has registered at least."""
    entry = eventually(lambda: visitor.ask("GET", "/api/events/recent", visitor.admin)["items"], "an event")[0]
    return Fitting(path={name: entry[name] for name in ("stream", "entry_id")})
