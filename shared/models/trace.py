"""Traces, kept for a day: what a request did, service by service, with the log lines that were written meanwhile."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.models.base import Batch, Entity, FewFields, Page, QueryBool, QueryInt, Request, Text, Timestamp
from shared.models.lists import ListQuery

KEPT_SECONDS = 24 * 60 * 60
LONGEST_MS = 1000.0 * KEPT_SECONDS
Id = Annotated[Text, StringConstraints(min_length=1, max_length=64)]
Word = Annotated[Text, StringConstraints(max_length=200)]
Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Value = str | Whole | float | bool
Fields = Annotated[dict[str, Value], FewFields]


class LogLine(Entity):
    """`fields` are those of the structured line, without those that are stored elsewhere or must not be kept."""

    at: Timestamp
    level: Word
    event: Text = Field(max_length=1000)
    fields: Fields = Field(default_factory=dict[str, Value])


class TraceLog(LogLine):
    """A log line with the service that wrote it."""

    service: Word


class TraceSpan(Entity):
    """One step: `kind` is server, client, producer, consumer or internal; `parent_id` is empty where the trace begins.

    `attributes` say, where they apply, the `peer` that was called, the verified `caller`, the `status` of the answer and
    the `statement` with placeholders.
    """

    id: Id
    parent_id: Word = ""
    service: Word
    name: Text = Field(max_length=300)
    kind: Word
    started_at: Timestamp
    duration_ms: float = Field(ge=0, le=LONGEST_MS)
    failed: bool
    attributes: Annotated[dict[str, Text], FewFields] = Field(default_factory=dict[str, str])


class StoredSpan(TraceSpan):
    """A span on its way to the store."""

    correlation_id: Id
    trace_id: Id
    logs: list[LogLine] = Field(default_factory=list[LogLine], max_length=64, fail_fast=True)


class TraceSummary(Entity):
    """A request by its first span; `failed` when any of its `spans` did."""

    correlation_id: Id
    trace_id: Id
    name: Text = Field(max_length=300)
    service: Word
    started_at: Timestamp
    duration_ms: float = Field(ge=0, le=LONGEST_MS)
    spans: int = Field(ge=1, le=1_000_000)
    failed: bool


class TraceFilter(ListQuery):
    """Which requests a list has, newest first; what is absent narrows nothing."""

    failed: QueryBool | None = Field(
        default=None, description="Only those with a span that failed, or only those without"
    )
    slower_than_ms: QueryInt = Field(
        default=0, ge=0, le=3_600_000, description="Milliseconds that the request took at least"
    )
    service: Text | None = Field(default=None, max_length=64, description="Where the request began")
    name: Text | None = Field(default=None, max_length=100, description="Part of the request's name, case ignored")


class TraceQuery(TraceFilter):
    """`GET /api/traces`."""

    noise: QueryBool = Field(
        default=True,
        description="Without it, sockets, unknown paths and looks at traces and events are left out, unless they failed",
    )


class StoredTraceQuery(TraceFilter):
    """The same between services: requests whose name begins with one of `without`, and that did not fail, are left out."""

    without: Text = Field(default="", max_length=500, description="Separated by commas")


class TracePage(Page[TraceSummary]):
    """May have fewer items than were asked for, and more behind it: a search stops at a bound and goes on from there."""


class Trace(Entity):
    """Spans and log lines of one correlation id, by time."""

    correlation_id: str
    spans: list[TraceSpan]
    logs: list[TraceLog]


class Spans(Request):
    """A batch to store; idempotent by span and trace id."""

    spans: Batch[StoredSpan]
    traces: Batch[TraceSummary] = Field(default_factory=list[TraceSummary])
