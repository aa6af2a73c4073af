"""Awaiting a condition instead of sleeping for a guess."""

import time
from collections.abc import Callable


def eventually(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Returns once `condition()` is true.

    Raises:
        TimeoutError: it was not within `seconds`.
    """
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"not within {seconds:.0f} s")
        time.sleep(0.05)
