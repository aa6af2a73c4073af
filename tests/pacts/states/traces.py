"""Requests whose spans are stored."""

from datetime import UTC, datetime
from uuid import uuid4

from tests.pacts.states.providers import Providers, Values, state


@state("a trace")
async def trace(providers: Providers) -> Values:
    """Of one span with a log line."""
    known = str(uuid4())
    now = datetime.now(UTC).isoformat()
    same = {"service": "back-api", "name": "GET /api/plans", "started_at": now, "duration_ms": 3.5, "failed": False}
    ids = {"correlation_id": known, "trace_id": uuid4().hex}
    line = {"at": now, "level": "info", "event": "request", "fields": {"status": 200}}
    span = same | ids | {"id": uuid4().hex[:16], "kind": "server", "attributes": {"status": "200"}, "logs": [line]}
    await providers.ask(
        "back-cassandra", "POST", "/internal/spans", {"spans": [span], "traces": [same | ids | {"spans": 1}]}
    )
    return {"correlation_id": known}
