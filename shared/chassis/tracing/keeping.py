"""Which traces are kept: those that were chosen as they began, and those that turn out to be worth a look.

Chosen at the beginning (head sampling; the `sampled` flag of `traceparent` tells the others): a share of all, a few a
second of the rest, and requests whose correlation id the client has chosen. Chosen at the end (tail sampling): what failed, what was
slow, and a few of those that were refused. An error or a delay shows in every caller; so that what was called before is kept as well, each process
holds what it did for the last traces, and learns of those that another one keeps (`marks.py`).
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

MOST_HELD = 2_000
"""Parts of traces whose fate is open, of this process: the last two seconds at a thousand requests a second."""
HELD_SECONDS = 10.0
MOST_REMEMBERED = 10_000
BURST_SECONDS = 30
INTERESTING_A_SECOND = 20.0
REFUSED_A_SECOND = 2.0
KEPT = Counter("traces_kept_total", "Traces that this process has decided to keep.", ["why"])
LEFT_OUT = Counter("traces_not_kept_total", "Traces that were worth keeping, beyond what is kept in a second.", ["why"])


@dataclass(frozen=True)
class Policy:
    """`sample`, a share from 0 to 1, and `per_second` concern requests, `background` is the share of polls and scheduled work."""

    sample: float = 1.0
    background: float = 1.0
    per_second: float = 0.0
    slow_ms: int = 500


class Retention:
    """`spans.Keeper`: holds, chooses and writes the traces of this process."""

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
        self.held: deque[tuple[float, Part]] = deque(maxlen=MOST_HELD)
        self._kept: OrderedDict[str, None] = OrderedDict()
        self._writer = Writer(exporter, self._look_around)

    def chooses(self, asked: bool) -> bool:
        """Whether a request that begins a trace here is kept whatever becomes of it; `asked`: its id is the client's own."""
        if random.random() < self._policy.sample:  # noqa: S311 - no secret
            return True
        return (asked and self._affords("asked")) or self._ordinary.take()

    def chooses_background(self) -> bool:
        return random.random() < self._policy.background  # noqa: S311 - no secret

    def part(self, trace_id: str, sampled: bool) -> Part:
        """A new part of a trace; kept when the trace is."""
        return Part(trace_id, sampled or trace_id in self._kept, self)

    def write(self, span: Ended) -> None:
        self._writer.put(span)

    def judge(self, part: Part, root: Ended) -> None:
        """Keeps `part` if it is worth it, and holds it otherwise, since another process may find the trace worth it."""
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
            self.held.append((time.monotonic(), part))
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
            LEFT_OUT.labels(why).inc()
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
        """In the writer's thread, every half a second while anything is held: keeps what others keep."""
        new = {trace_id for trace_id in self._marks.exchange() if trace_id} if self._marks else set[str]()
        for trace_id in new:
            self._remember(trace_id)
        if new:
            for _, part in tuple(self.held):
                if part.trace_id in new and not part.kept:
                    self._keep(part)
        oldest = time.monotonic() - HELD_SECONDS
        while self.held and self.held[0][0] < oldest:
            self.held.popleft()
        return bool(self.held)


def retention(service: str, folder: str, policy: Policy) -> Retention:
    """Of a process of `service` that writes into `folder`."""
    return Retention(JsonLines(folder, service), policy, Marks(Path(folder), service))
