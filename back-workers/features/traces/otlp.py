"""Spans in OpenTelemetry's wire format (OTLP 1.x, http/protobuf), for Jaeger or any other collector."""

import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, InstrumentationScope, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span, Status
from prometheus_client import Counter

from shared.chassis.client import ServiceClient
from shared.models.trace import LogLine, StoredSpan, Value
from shared.utils.errors import ServiceError

EPOCH = datetime.fromtimestamp(0, UTC)
MICROSECOND = timedelta(microseconds=1)
PAUSE_SECONDS = 30.0
LOST = Counter("trace_spans_otlp_lost_total", "Spans that the OTLP endpoint did not take.")
log = structlog.get_logger("traces")


class Otlp:
    """`client`'s address is `OTEL_EXPORTER_OTLP_ENDPOINT`. What it does not take is lost: the store does not wait for it."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client
        self._silent_until = 0.0

    async def send(self, spans: Sequence[StoredSpan]) -> None:
        if time.monotonic() < self._silent_until:
            LOST.inc(len(spans))
            return
        body = encoded(spans)
        try:
            await self._client.call("POST", "/v1/traces", content=body, content_type="application/x-protobuf")
        except ServiceError as error:
            LOST.inc(len(spans))
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            log.warning("spans are lost", endpoint=self._client.name, problem=type(error).__name__, spans=len(spans))


def encoded(spans: Sequence[StoredSpan]) -> bytes:
    """An `ExportTraceServiceRequest`, with each service as a resource."""
    by_service: dict[str, list[StoredSpan]] = defaultdict(list)
    for span in spans:
        by_service[span.service].append(span)
    resources = [
        ResourceSpans(
            resource=Resource(attributes=_attributes({"service.name": service})),
            scope_spans=[ScopeSpans(scope=InstrumentationScope(name="chassis"), spans=[_span(one) for one in some])],
        )
        for service, some in by_service.items()
    ]
    return ExportTraceServiceRequest(resource_spans=resources).SerializeToString()


def _span(span: StoredSpan) -> Span:
    started = _nanos(span.started_at)
    return Span(
        trace_id=bytes.fromhex(span.trace_id),
        span_id=bytes.fromhex(span.id),
        parent_span_id=bytes.fromhex(span.parent_id),
        name=span.name,
        kind=Span.SpanKind.Value(f"SPAN_KIND_{span.kind.upper()}"),
        start_time_unix_nano=started,
        end_time_unix_nano=started + round(span.duration_ms * 1e6),
        attributes=_attributes({"correlation_id": span.correlation_id, **span.attributes}),
        events=[_event(line) for line in span.logs],
        status=Status(code=Status.STATUS_CODE_ERROR if span.failed else Status.STATUS_CODE_UNSET),
    )


def _event(line: LogLine) -> Span.Event:
    attributes = _attributes({"level": line.level, **line.fields})
    return Span.Event(name=line.event, time_unix_nano=_nanos(line.at), attributes=attributes)


def _attributes(values: dict[str, Value]) -> list[KeyValue]:
    return [KeyValue(key=name, value=_any(value)) for name, value in values.items()]


def _any(value: Value) -> AnyValue:
    match value:
        case bool():
            return AnyValue(bool_value=value)
        case int():
            return AnyValue(int_value=value)
        case float():
            return AnyValue(double_value=value)
        case str():
            return AnyValue(string_value=value)


def _nanos(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND * 1000
