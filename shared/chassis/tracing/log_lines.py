"""Log lines that are written during a span are stored with it, bounded and without user input.

The service's own log keeps them in full; here an exception is its type and the places that it passed.
"""

import re
from typing import Any

from structlog.typing import EventDict, WrappedLogger

from shared.chassis.tracing.spans import current

MOST_FIELDS = 20
MOST_TEXT = 500
_KNOWN = {"event", "service", "correlation_id", "timestamp", "path", "exception"}
_SECRET = re.compile(r"password|passwd|secret|token|authorization|cookie|credential|e?mail|address", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![^\s@<>\"'=])[^\s@<>\"'=]++@[^\s@<>\"']+")
_PLACE = re.compile(r'^[ \t]+File "([^"\n]+)", line (\d+), in (\S+)', re.MULTILINE)


def attach(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A structlog processor: passes the line on unchanged."""
    if span := current():
        span.log(dict(event))
    return event


def presentable(written: int, line: dict[str, Any]) -> dict[str, Any]:
    """`line` as a span's file has it; `written` in nanoseconds since 1970."""
    fields = {name: _plain(line[name]) for name in list(line)[:MOST_FIELDS] if not _left_out(name)}
    if "exception" in line:
        fields["exception"] = shortened(str(line["exception"]))
    level = str(fields.pop("level", "info"))
    return {"at": written // 1_000, "level": level, "event": _text(line.get("event", "")), "fields": fields}


def shortened(traceback: str) -> str:
    """`traceback` without its message: `ValueError at main.py:3 in run, ...`, the innermost place first."""
    places = [f"{file.rpartition('/')[2]}:{line} in {name}" for file, line, name in _PLACE.findall(traceback)]
    kind = traceback.rstrip().rpartition("\n")[2].partition(":")[0].strip()
    return f"{kind[:100]} at {', '.join(reversed(places))}"[:MOST_TEXT]


def _left_out(name: str) -> bool:
    return name in _KNOWN or name.startswith("_") or bool(_SECRET.search(name))


def _plain(value: Any) -> str | int | float | bool:
    return value if isinstance(value, int | float) else _text(value)


def _text(value: Any) -> str:
    return _ADDRESS.sub("…@…", str(value)[:MOST_TEXT])
