"""What the runner knows of each service, and the wake-up of whoever waits for a change."""

import asyncio
import time
from dataclasses import dataclass, field

WAITING = "waiting"
STARTING = "starting"
RUNNING = "running"
HEALTHY = "healthy"
UNHEALTHY = "unhealthy"
BACKING_OFF = "restarting"
STOPPING = "stopping"
STOPPED = "stopped"
DONE = "done"
FAILED = "failed"
UP = {RUNNING, HEALTHY, DONE}


@dataclass
class Entry:
    """One service: `note` says in words why it is in its state."""

    state: str = STOPPED
    pid: int | None = None
    restarts: int = 0
    since: float = field(default_factory=time.time)
    detail: str = ""


class ServiceStatus:
    """Entries by service name. Waiters are woken at every change."""

    def __init__(self, names: list[str]) -> None:
        self.entries = {name: Entry() for name in names}
        self.changed = asyncio.Event()
        self.news: list[str] = []

    def set(self, name: str, state: str, detail: str = "") -> None:
        entry = self.entries[name]
        if (entry.state, entry.detail) == (state, detail):
            return
        if entry.state != state:
            entry.since = time.time()
        entry.state = state
        entry.detail = detail
        self._wake()

    def log(self, sentence: str) -> None:
        """News for the terminal and the runner's own log."""
        print(f"{time.strftime('%H:%M:%S')} {sentence}", flush=True)
        self.news = [*self.news[-99:], sentence]
        self._wake()

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()
