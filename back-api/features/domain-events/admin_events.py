"""The event that records what an administrator does about events."""

from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from back_redis.connection import NAME
from shared.chassis import tracing
from shared.models.events import Event, EventData, EventType
from shared.utils import correlation
from shared.utils.ids import new_id


class AuditedAction:
    """Makes the event of an act in the trace of the request; once the block has ended well, a span says that it is published."""

    def __init__(self, event_type: EventType) -> None:
        self._type = event_type
        self._traceparent = tracing.traceparent()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            tracing.record_publish(NAME, f"publish {self._type}", self._traceparent)

    def event(self, aggregate_id: str, by: str, data: EventData) -> Event:
        return Event(
            id=new_id(),
            type=self._type,
            aggregate_id=aggregate_id,
            user_id=by,
            occurred_at=datetime.now(UTC),
            correlation_id=correlation.current(),
            traceparent=self._traceparent,
            data=data.model_dump(mode="json"),
        )
