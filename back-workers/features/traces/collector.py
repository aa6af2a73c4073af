"""Ships spans from the files to back-cassandra, and to an OTLP endpoint where there is one. Nothing of it is traced itself."""

import asyncio
from collections import deque
from collections.abc import Iterator
from itertools import islice

import structlog
from prometheus_client import Counter

from features.traces.otlp import Otlp
from features.traces.span_files import SpanFiles
from features.traces.spans import LEFT_OUT, Requests, parse
from shared.chassis import tracing
from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.chassis.retry import retry
from shared.models.trace import Spans, StoredSpan
from shared.utils.errors import ServiceError, Unavailable

BATCH = 200
ROUND_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
CLEANED_EVERY = 60  # rounds
STORED = Counter("trace_spans_stored_total", "Spans that back-cassandra has taken.")
log = structlog.get_logger("traces")


class Collector:
    """`run` until cancelled; while back-cassandra is down the spans wait in their files."""

    def __init__(self, files: SpanFiles, back_cassandra: ServiceClient, otlp: Otlp | None = None) -> None:
        self._files = files
        self._cassandra = back_cassandra
        self._otlp = otlp
        self._rounds = 0
        self._requests = Requests()
        self._waiting: deque[Spans] = deque()

    async def run(self) -> None:
        while True:
            shipped = await retry(
                self._round,
                when=lambda error: isinstance(error, ServiceError | OSError),
                first=2 * ROUND_SECONDS,
                longest=LONGEST_PAUSE_SECONDS,
                on_retry=_report,
            )
            await asyncio.sleep(0 if shipped >= BATCH else ROUND_SECONDS)

    async def _round(self) -> int:
        """Ships what is new, and cleans up now and then; also while nothing can be shipped."""
        self._rounds += 1
        if self._rounds % CLEANED_EVERY == 0:
            await asyncio.to_thread(self._files.clean)
        with tracing.untraced():
            return await self.step()

    async def step(self) -> int:
        """Ships what is new; how many spans that were.

        Raises:
            Unavailable: back-cassandra does not answer; the next step begins with what is left.
            OSError: the files cannot be read.
        """
        if not self._waiting:
            self._waiting.extend(await asyncio.to_thread(self._next))
        count = 0
        if not self._waiting:
            return count
        while self._waiting:
            await self._ship(self._waiting[0])
            count += len(self._waiting.popleft().spans)
        await asyncio.to_thread(self._files.done)
        return count

    def _next(self) -> list[Spans]:
        spans = (span for line in self._files.read() if (span := parse(line)))
        batches = _batches(iter(self._requests.admitted(spans)))
        return [Spans(spans=batch, traces=self._requests.summaries(batch)) for batch in batches]

    async def _ship(self, batch: Spans) -> None:
        try:
            await send_batch(lambda spans: self._store(Spans(spans=spans, traces=batch.traces)), batch.spans)
            STORED.inc(len(batch.spans))
        except Unavailable:
            raise
        except ServiceError as error:  # it would be refused for ever
            LEFT_OUT.labels("refused").inc(len(batch.spans))
            log.warning("spans were refused", error=type(error).__name__, detail=error.detail)
        if self._otlp:
            await self._otlp.send(batch.spans)

    async def _store(self, batch: Spans) -> None:
        await self._cassandra.call("POST", "/internal/spans", json=batch)


def _batches(spans: Iterator[StoredSpan]) -> Iterator[list[StoredSpan]]:
    while batch := list(islice(spans, BATCH)):
        yield batch


def _report(error: Exception, pause: float) -> None:
    log.warning("spans wait", error=type(error).__name__, problem=str(error), seconds=round(pause, 2))
