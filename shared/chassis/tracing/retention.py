"""Decides which traces are kept: by head sampling when they begin, by tail sampling when they end.

- Head sampling: a share of all requests, a few a second of the rest, and requests whose correlation id the client has
  chosen. The `sampled` flag of `traceparent` carries the decision to the callees.
- Tail sampling: failed and slow requests, and a few refused ones. An error or a delay shows in every caller. So that
  earlier callees are kept too, each process buffers its part of the latest traces and learns from the others which of
  them are kept (`marks.py`).
"""

import random
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import Counter

from shared.chassis.tracing.budget import Budget
from shared.chassis.tracing.files import JsonLines
from shared.chassis.tracing.marks import Marks
from shared.chassis.tracing.spans import Ended, Part
from shared.chassis.tracing.writer import Exporter, Writer

MOST_UNDECIDED = 2_000
"""Parts of undecided traces that one process buffers: the last two seconds at a thousand requests a second."""
UNDECIDED_SECONDS = 10.0
MOST_REMEMBERED = 10_000
BURST_SECONDS = 30
INTERESTING_A_SECOND = 20.0
REFUSED_A_SECOND = 2.0
KEPT = Counter("traces_kept_total", "Traces that this process has decided to keep.", ["why"])
NOT_KEPT = Counter("traces_not_kept_total", "Traces that were worth keeping, beyond what is kept in a second.", ["why"])


@dataclass(frozen=True)
class Policy:
    """`sample` (a share from 0 to 1) and `per_second` concern requests; `background` is the share of polls and scheduled work."""

    sample: float = 1.0
    background: float = 1.0
    per_second: float = 0.0
    slow_ms: int = 500


class Retention:
    """`spans.SpanSink`: buffers the traces of this process, samples them and writes those that are kept."""

    def __init__(self, exporter: Exporter, policy: Policy, marks: Marks | None = None) -> None:
        self._policy = policy
        self._marks = marks
        self._slow_ns = policy.slow_ms * 1_000_000
        self._ordinary = Budget(policy.per_second, policy.per_second * BURST_SECONDS)
        self._budgets = {
            why: Budget(rate, rate * BURST_SECONDS)
            for why, rate in {
                "asked": INTERESTING_A_SECOND,
                "failed": INTERESTING_A_SECOND,
                "slow": INTERESTING_A_SECOND,
                "refused": REFUSED_A_SECOND,
            }.items()
        }
        self.undecided: deque[tuple[float, Part]] = deque(maxlen=MOST_UNDECIDED)
        self._kept: OrderedDict[str, None] = OrderedDict()
        self._writer = Writer(exporter, self._look_around)

    def is_sampled(self, asked: bool) -> bool:
        """Whether a request that begins a trace here is kept whatever its outcome. `asked`: the client has chosen its id."""
        if random.random() < self._policy.sample:  # noqa: S311 - no secret
            return True
        return (asked and self._affords("asked")) or self._ordinary.take()

    def is_background_sampled(self) -> bool:
        return random.random() < self._policy.background  # noqa: S311 - no secret

    def part(self, trace_id: str, sampled: bool) -> Part:
        """A new part of a trace; kept when the trace is."""
        return Part(trace_id, sampled or trace_id in self._kept, self)

    def write(self, span: Ended) -> None:
        self._writer.put(span)

    def decide(self, part: Part, root: Ended) -> None:
        """Keeps `part` if it is worth it; buffers it otherwise, since another process may yet keep the trace."""
        if part.kept:
            return
        why = self._worth(part, root)
        if why and self._affords(why):
            KEPT.labels(why).inc()
            self._keep(part)
            self._remember(part.trace_id)
            if self._marks:
                self._marks.add(part.trace_id)
        else:
            self.undecided.append((time.monotonic(), part))
        self._writer.wake()

    def close(self) -> None:
        self._writer.close()

    def _worth(self, part: Part, root: Ended) -> str:
        if part.failed:
            return "failed"
        if root.kind != "server":
            return ""
        if root.status[:1] == "4" and not root.parent_id:
            return "refused"
        return "slow" if root.ended - root.started >= self._slow_ns and root.status != "unset" else ""

    def _affords(self, why: str) -> bool:
        affordable = self._budgets[why].take()
        if not affordable:
            NOT_KEPT.labels(why).inc()
        return affordable

    def _keep(self, part: Part) -> None:
        part.kept = True
        for span in part.spans:
            self._writer.put(span)
        part.spans = []

    def _remember(self, trace_id: str) -> None:
        self._kept[trace_id] = None
        if len(self._kept) > MOST_REMEMBERED:
            self._kept.popitem(last=False)

    def _look_around(self) -> bool:
        """Keeps what other processes keep. Called in the writer's thread every half second while anything is undecided."""
        new = {trace_id for trace_id in self._marks.exchange() if trace_id} if self._marks else set[str]()
        for trace_id in new:
            self._remember(trace_id)
        if new:
            for _, part in tuple(self.undecided):
                if part.trace_id in new and not part.kept:
                    self._keep(part)
        oldest = time.monotonic() - UNDECIDED_SECONDS
        while self.undecided and self.undecided[0][0] < oldest:
            self.undecided.popleft()
        return bool(self.undecided)


def file_retention(service: str, folder: str, policy: Policy) -> Retention:
    """The retention of a process of `service` that writes its spans into `folder`."""
    return Retention(JsonLines(folder, service), policy, Marks(Path(folder), service))
