"""The table of `make status`."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from rich.table import Table

COLOURS = {"healthy": "green", "running": "green", "done": "dim", "waiting": "yellow", "starting": "yellow"}


def table(status: Mapping[str, Any], memory: Callable[[int], int]) -> Table:
    """`status` as the runner gives it; `memory` returns the bytes of a process and its descendants."""
    result = Table(box=None, header_style="bold", expand=False)
    for column in ("service", "state", "pid", "port", "memory", "restarts", "since"):
        result.add_column(
            column, justify="left" if column in {"service", "state"} else "right", no_wrap=column != "state"
        )
    total = 0
    for name, entry in status["services"].items():
        used = memory(entry["pid"]) if entry["pid"] else 0
        total += used
        result.add_row(*_row(name, entry, used))
    result.add_row("together", "", "", "", f"{total / 1024**2:.0f} MiB", "", "", style="bold")
    return result


def _row(name: str, entry: Mapping[str, Any], used: int) -> list[str]:
    state = f"[{COLOURS.get(entry['state'], 'red')}]{entry['state']}"
    return [
        name,
        f"{state} [dim]{entry['detail']}" if entry["detail"] else state,
        str(entry["pid"] or ""),
        str(entry["port"] or ""),
        f"{used / 1024**2:.0f} MiB" if used else "",
        str(entry["restarts"] or ""),
        age(time.time() - entry["since"]),
    ]


def age(seconds: float) -> str:
    """`75` → `1m 15s`"""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m {rest}s" if minutes else f"{rest}s"
