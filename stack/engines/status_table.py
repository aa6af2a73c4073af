"""The table of `make status`."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from rich.table import Table

COLOURS = {"healthy": "green", "running": "green", "done": "dim", "waiting": "yellow", "starting": "yellow"}


def table(status: Mapping[str, Any], memory: Callable[[int], int]) -> Table:
    """`status` as the runner gives it; `memory` tells the bytes of a process and its descendants."""
    result = Table(box=None, header_style="bold", expand=False)
    for column in ("service", "state", "pid", "port", "memory", "restarts", "since"):
        result.add_column(
            column, justify="left" if column in {"service", "state"} else "right", no_wrap=column != "state"
        )
    total = 0
    for name, entry in status["services"].items():
        held = memory(entry["pid"]) if entry["pid"] else 0
        total += held
        result.add_row(*_row(name, entry, held))
    result.add_row("together", "", "", "", f"{total / 1024**2:.0f} MiB", "", "", style="bold")
    return result


def _row(name: str, entry: Mapping[str, Any], held: int) -> list[str]:
    state = f"[{COLOURS.get(entry['state'], 'red')}]{entry['state']}"
    return [
        name,
        f"{state} [dim]{entry['note']}" if entry["note"] else state,
        str(entry["pid"] or ""),
        str(entry["port"] or ""),
        f"{held / 1024**2:.0f} MiB" if held else "",
        str(entry["restarts"] or ""),
        age(time.time() - entry["since"]),
    ]


def age(seconds: float) -> str:
    """`75` → `1m 15s`"""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m {rest}s" if minutes else f"{rest}s"
