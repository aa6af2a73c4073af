"""What the traces ask of back-cassandra."""

from datetime import UTC, datetime

import pytest
from features.traces.domain import TraceNotFound
from features.traces.infrastructure import BackCassandraTraces as Traces

from shared.models.trace import StoredTraceQuery, Trace, TraceLog, TracePage, TraceSpan, TraceSummary
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import CORRELATION

pytestmark = pytest.mark.pact
MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
SUMMARY = TraceSummary(
    correlation_id=CORRELATION, trace_id="1", name="GET /", service="back-api", started_at=MOMENT, duration_ms=3.5, spans=1, failed=False
)  # fmt: skip
SPAN = TraceSpan(
    id="1", service="back-api", name="GET /", kind="server", started_at=MOMENT, duration_ms=3.5, failed=False
)
LINE = TraceLog(at=MOMENT, level="info", event="request", service="back-api")
RECENT = TracePage(items=[SUMMARY])
QUERY = StoredTraceQuery(limit=1, without="WS ")
TRACE = Trace(correlation_id=CORRELATION, spans=[SPAN], logs=[LINE])
LIST = Ask("GET", "/internal/traces", query=QUERY.params())
ONE = "/internal/traces/"

INTERACTIONS = [
    Interaction(
        "recent requests",
        "a trace",
        LIST,
        ok(RECENT),
        lambda c: Traces(c).list_traces(QUERY),
        RECENT,
    ),
    Interaction(
        "a trace",
        "a trace",
        Ask("GET", ONE + "{correlation_id}"),
        ok(TRACE),
        lambda c: Traces(c).get_trace(CORRELATION),
        TRACE,
    ),
    Interaction(
        "a trace of nothing",
        "nothing",
        Ask("GET", ONE + "{correlation_id}"),
        refusal(404),
        lambda c: Traces(c).get_trace(CORRELATION),
        TraceNotFound,
    ),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_traces_are_answered_as_expected(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-cassandra")
