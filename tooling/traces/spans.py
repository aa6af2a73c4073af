"""The spans that the processes of a stack left in TRACES_DIR (shared/chassis/tracing/files.py)."""

from collections.abc import Iterator
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict


class Span(BaseModel):
    """`peer` is whom a client span calls, `caller` the service whose token a server span has verified, `status` what was
    answered; `started` and `duration` are microseconds.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    service: str
    name: str
    kind: str
    trace_id: str
    span_id: str
    parent_id: str = ""
    peer: str = ""
    caller: str = ""
    started: int = 0
    duration: int = 0
    status: str = ""
    correlation_id: str = ""


def read(folder: Path) -> list[Span]:
    """All spans below `folder`; a last line that is still being written is left out."""
    return [span for path in sorted(folder.glob("*.jsonl")) for span in _of(path)]


def _of(path: Path) -> Iterator[Span]:
    *lines, _unfinished = path.read_bytes().split(b"\n")
    for line in lines:
        yield Span.model_validate(orjson.loads(line))
