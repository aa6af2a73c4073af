"""A day of traced requests, each with the steps that it took through the services."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.models.trace import Spans, StoredSpan, TraceSummary

from .chance import Chance

ROUTES = (
    ("front-public", "GET /app", ("back-api", "GET /api/profile", "back-postgres"), 38),
    ("front-public", "GET /app/billing", ("back-api", "GET /api/invoices", "back-postgres"), 46),
    ("front-public", "GET /app/notifications", ("back-api", "GET /api/notifications", "back-cassandra"), 31),
    ("front-public", "POST /app/profile", ("back-api", "PATCH /api/profile", "back-postgres"), 52),
    ("front-admin", "GET /users", ("back-api", "GET /api/users", "back-postgres"), 42),
    ("front-admin", "GET /", ("back-api", "GET /api/figures", "back-cassandra"), 61),
)
HOURS = 24
DAY = 7, 20
BATCH = 100


def make_requests(chance: Chance) -> list[Spans]:
    """In batches; fewer at night, and one in eighty failed."""
    hours = [chance.now - timedelta(hours=hours_ago) for hours_ago in range(HOURS - 1, -1, -1)]
    traces = [make_request(chance, hour) for hour in hours for _ in range(_number(chance, hour))]
    return [_spans(traces[at : at + BATCH]) for at in range(0, len(traces), BATCH)]


def _number(chance: Chance, hour: datetime) -> int:
    return chance.randrange(6, 22) if DAY[0] <= hour.hour < DAY[1] else chance.randrange(0, 5)


def _spans(traces: list[tuple[list[StoredSpan], TraceSummary]]) -> Spans:
    return Spans(spans=[span for spans, _ in traces for span in spans], traces=[trace for _, trace in traces])


def make_request(chance: Chance, until: datetime) -> tuple[list[StoredSpan], TraceSummary]:
    at = until - timedelta(seconds=chance.randrange(5, 3000))
    front, name, (back, call, store), usual = chance.choice(ROUTES)
    took = round(usual * chance.lognormvariate(0, 0.45), 1)
    failed = chance.random() < 1 / 80
    ids: dict[str, Any] = {
        "correlation_id": str(UUID(int=chance.marked(128), version=4)),
        "trace_id": f"{chance.marked(128):032x}",
    }
    steps = [(front, name, 0.0, took), (back, call, 0.15, took * 0.7), (store, f"GET {store}", 0.3, took * 0.4)]
    spans: list[StoredSpan] = []
    for service, step, share, lasted in steps:
        same: dict[str, Any] = {"service": service, "name": step, "kind": "server", "failed": failed, **ids}
        times: dict[str, Any] = {
            "started_at": at + timedelta(milliseconds=took * share),
            "duration_ms": round(lasted, 2),
        }
        known: dict[str, Any] = {
            "parent_id": spans[-1].id if spans else "",
            "attributes": {"status": "503" if failed else "200"},
        }
        spans.append(StoredSpan(id=f"{chance.getrandbits(64):016x}", **same, **times, **known))
    summary = TraceSummary(
        name=name, service=front, started_at=at, duration_ms=took, spans=len(spans), failed=failed, **ids
    )
    return spans, summary
