"""Made-up but repeatable: the same day gives the same data."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from shared.models.demo_data import MADE_UP

SEED = 8105
MARK = int(MADE_UP, 16)
MARK_BITS = 32


class Chance(Random):
    """Random choices that are the same each time, and ids that carry a time."""

    def __init__(self, now: datetime) -> None:
        super().__init__(SEED)
        self.now = now
        self.midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

    def id_at(self, moment: datetime) -> str:
        """A UUIDv7 as if it had been made at `moment`, with the mark of what is made up."""
        milliseconds = int(moment.timestamp() * 1000)
        return str(UUID(int=milliseconds << 80 | 7 << 76 | self.getrandbits(12) << 64 | 2 << 62 | self.marked(62)))

    def marked(self, bits: int) -> int:
        """A random number of so many bits, with the mark of what is made up at its end."""
        return self.getrandbits(bits - MARK_BITS) << MARK_BITS | MARK

    def moment(self, days_ago: int) -> datetime:
        """Some time of that day between 7 and 21 o'clock, never in the future."""
        at = self.midnight - timedelta(days=days_ago) + timedelta(seconds=self.randrange(7 * 3600, 21 * 3600))
        return min(at, self.now - timedelta(minutes=self.randrange(1, 60)))
