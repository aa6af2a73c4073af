"""A token bucket: so many a second on the average, and a burst after a quiet time."""

from time import monotonic


class Budget:
    def __init__(self, per_second: float, burst: float) -> None:
        self._rate = per_second
        self._most = burst
        self._left = burst
        self._at = monotonic()

    def take(self) -> bool:
        """Whether one more is within the budget."""
        if not self._rate:
            return False
        now = monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
