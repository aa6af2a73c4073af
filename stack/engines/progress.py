"""Live progress of a start: a table that redraws itself on a terminal, a line for each change elsewhere."""

import time
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.table import Table

MARKS = {"healthy": "[green]●", "running": "[green]●", "done": "[green]✓", "failed": "[red]✗", "restarting": "[red]↻"}


class Progress:
    """Fed with the states of all services: `{name: {state, note}}`."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.started = time.monotonic()
        self.live = Live(console=console, refresh_per_second=8) if console.is_terminal else None
        self.seen: dict[str, str] = {}

    def __enter__(self) -> "Progress":
        if self.live:
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self.live.stop()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def show(self, services: dict[str, dict[str, Any]]) -> None:
        if self.live:
            self.live.update(self._table(services))
        for name, entry in services.items():
            if (
                not self.live
                and entry["state"] != self.seen.get(name)
                and entry["state"] not in {"waiting", "starting"}
            ):
                self.console.print(f"{self.seconds:5.1f} s  {name} {entry['state']} {entry['detail']}".rstrip())
            self.seen[name] = entry["state"]

    def _table(self, services: dict[str, dict[str, Any]]) -> Table:
        table = Table(box=None, show_header=False, padding=(0, 1))
        for name, entry in services.items():
            mark = MARKS.get(entry["state"], "[yellow]…")
            table.add_row(mark, name, entry["state"], f"[dim]{entry['detail']}")
        return table
