"""The services that may ask for tokens: `SECRETS_DIR/service_clients.json` holds the SHA-256 digests of their secrets.

A secret has 256 random bits, so that a slow hash would protect nothing more.
"""

import hashlib
import hmac
import json
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from shared.utils.errors import TooManyRequests

MAX_FAILURES = 10
WINDOW_SECONDS = 60.0
MAX_ADDRESSES = 1_000


class WrongClients(SystemExit):
    """Stops the boot with one sentence."""


@dataclass(frozen=True)
class ServiceClients:
    """`Clients` of service identity: SHA-256 of the secret of each service, by its name."""

    digests: dict[str, str]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Exits when the file is not there or is no mapping."""
        try:
            known: Any = json.loads(path.read_text(encoding="utf-8"))
            return cls({str(name): str(digest) for name, digest in known.items()})
        except (OSError, ValueError, AttributeError) as error:
            why = f"{path}: no service secrets' digests ({type(error).__name__}); `python -m stack.secrets` writes them"
            raise WrongClients(why) from None

    def knows(self, name: str, secret: str) -> bool:
        digest = hashlib.sha256(secret.encode()).hexdigest()
        return hmac.compare_digest(digest, self.digests.get(name, "")) and name in self.digests


class ClientFailures:
    """`Failures` of service identity. Counts wrong secrets by address, in memory, so that tokens need no back-redis."""

    def __init__(self, maximum: int = MAX_FAILURES, seconds: float = WINDOW_SECONDS) -> None:
        self._maximum = maximum
        self._seconds = seconds
        self._failures: dict[str, deque[float]] = {}

    def record(self, address: str) -> None:
        """Raises TooManyRequests: there were more than `maximum` within `seconds`."""
        now = time.monotonic()
        failures = self._failures.setdefault(address, deque(maxlen=self._maximum))
        if len(failures) == self._maximum and failures[0] > now - self._seconds:
            raise TooManyRequests("Too many wrong secrets.", retry_after=int(failures[0] + self._seconds - now) + 1)
        failures.append(now)
        if len(self._failures) > MAX_ADDRESSES:
            del self._failures[next(iter(self._failures))]
