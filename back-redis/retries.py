"""Retries of entries whose handler failed: after pauses that double, with jitter, a bounded number of times."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from back_redis.connection import RedisConnection
from back_redis.streams import Entry, entries_of
from shared.chassis.retry import pause_after

FOREVER = 3600.0


class NotHandledNow(Exception):
    """The event is parked in `events:aside`, with this reason, from where it can be replayed."""


class UnsupportedVersion(NotHandledNow):
    """No handler takes this version of the event; a newer release will."""


class FeatureOff(NotHandledNow):
    """The feature of this handler is off."""


@dataclass(frozen=True)
class RetryPolicy:
    """The maximum number of deliveries of an event (`attempts`), and the pauses in between.

    The first pause is `first_seconds`, each further one twice as long, up to `longest_seconds`; jitter cuts each by up to a
    half. A pause is never longer than the group's `claim_seconds`.
    """

    attempts: int = 5
    first_seconds: float = 1.0
    longest_seconds: float = 15.0

    def pause(self, attempt: int) -> float:
        """Seconds after the failure of the attempt with this number, from 1."""
        return pause_after(attempt, first=self.first_seconds, longest=self.longest_seconds)


class Retries:
    """The retries of consumer `consumer` of `group`. Another process takes them over when this one ends."""

    def __init__(self, connection: RedisConnection, group: str, consumer: str, policy: RetryPolicy) -> None:
        self._connection = connection
        self._group = group
        self._consumer = consumer
        self._policy = policy
        self._at: dict[tuple[str, str], tuple[float, float]] = {}

    def schedule(self, entry: Entry, attempt: int) -> None:
        """`entry` has failed with the attempt of this number and is to be tried again."""
        pause = self._policy.pause(attempt)
        self._at[entry.stream, entry.id] = (monotonic() + pause, pause)

    def discard(self, entries: Iterable[Entry]) -> None:
        """They are being handled again already."""
        for entry in entries:
            self._at.pop((entry.stream, entry.id), None)

    def seconds_to_next(self) -> float:
        """Until something is due; an hour when no retry is scheduled."""
        return min((at for at, _ in self._at.values()), default=monotonic() + FOREVER) - monotonic()

    def exhausted(self, deliveries: int) -> bool:
        return deliveries >= self._policy.attempts

    async def due(self) -> list[Entry]:
        """The entries that are to be tried again now, unless another consumer has taken them meanwhile."""
        now = monotonic()
        due = [(key, pause) for key, (at, pause) in self._at.items() if at <= now]
        entries: list[Entry] = []
        for (stream, entry_id), pause in due:
            untouched = int(pause * 500)  # milliseconds, half of the pause: whoever took it has touched it since
            reply = await self._connection.call("XCLAIM", stream, self._group, self._consumer, untouched, entry_id)
            entries += entries_of([(stream, reply)])
            del self._at[stream, entry_id]
        return entries

    async def deliveries(self, entry: Entry) -> int:
        """The number of deliveries so far."""
        pending = await self._connection.call("XPENDING", entry.stream, self._group, entry.id, entry.id, 1)
        return int(pending[0][3]) if pending else 0
