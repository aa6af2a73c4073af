"""Traces, kept for a day: what a request did, service by service, with the log lines that were written meanwhile."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.models.base import Batch, Entity, FewFields, Request, Text, Timestamp

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


class Trace(Entity):
    """Spans and log lines of one correlation id, by time."""

    correlation_id: str
    spans: list[TraceSpan]
    logs: list[TraceLog]


class Spans(Request):
    """A batch to store; idempotent by span and trace id."""

    spans: Batch[StoredSpan]
    traces: Batch[TraceSummary] = Field(default_factory=list[TraceSummary])
