"""Whether a peer that failed for one event serves others: the circuit breaker of a consumer group.

An event whose peer is away opens the circuit, so that no other event becomes a dead letter while it waits. The circuit closes
when that event is handled, or when the peer serves another one: then the fault is in the event itself, and it fails.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from back_redis.streams import Entry
from shared.models.events import Event
from shared.utils.failures import Verdict

MOST_SUSPECTS = 1_000
STREAK = 5
"""After this many different events failed in a row at a peer that served none in between, it counts as away."""


class Breaker:
    """The state of a group's peers, as its events have shown it."""

    def __init__(self) -> None:
        self._failed: dict[str, set[str]] = {}
        self._suspects: dict[str, None] = {}

    def answered(self, peers: Iterable[str]) -> None:
        for peer in peers:
            self._failed.pop(peer, None)

    def opens(self, verdict: Verdict, peer: str, entry: Entry) -> bool:
        """Whether the group has to wait because `peer` is away for everybody, as far as is known."""
        if entry.id in self._suspects:
            return False
        if verdict is Verdict.FAILED and peer:
            self._failed.setdefault(peer, set()).add(entry.id)
        return verdict is Verdict.AWAY or len(self._failed.get(peer, ())) >= STREAK

    def suspect(self, entry: Entry) -> None:
        """Its peer serves others while it fails: from now on the fault is in the event itself."""
        self._suspects[entry.id] = None
        if len(self._suspects) > MOST_SUSPECTS:
            del self._suspects[next(iter(self._suspects))]


def others(queue: deque[Entry]) -> Iterator[Entry]:
    """The entries behind the first one that belong to other people and aggregates, only the earliest of each: order is kept."""
    busy: set[str] = set()
    for number, entry in enumerate(queue):
        whose = _whose(entry.event)
        if number and not whose & busy:
            yield entry
        busy |= whose


def _whose(event: Event | None) -> set[str]:
    return {event.aggregate_id, event.user_id or event.aggregate_id} if event else set()
