"""Work that is not traced (polls, the schedule): no span is created, and headers say so to every callee.

A `traceparent` without the flag `sampled` means that the trace is not kept yet; together with the `tracestate` below
it means that the trace is never kept.
"""

import re
from contextvars import ContextVar, Token
from random import getrandbits
from typing import NamedTuple

from shared.chassis.tracing.spans import new_trace_id

STATE_HEADER = "tracestate"
BACKGROUND = "dashboard=background"
_FORM = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]([0-9a-f])")
_header: ContextVar[str] = ContextVar("unsampled", default="")


class Parent(NamedTuple):
    """The parts of a `traceparent` (W3C Trace Context, version 00)."""

    trace_id: str
    span_id: str
    sampled: bool


def parsed(traceparent: str | None) -> Parent | None:
    """None when it is missing or malformed; a new trace begins then."""
    found = _FORM.fullmatch(traceparent) if traceparent else None
    return Parent(found[1], found[2], bool(int(found[3], 16) & 1)) if found else None


def header() -> str:
    """The `traceparent` of the current work if it is not traced, else ""."""
    return _header.get()


class Unsampled:
    """Context manager whose block is not traced; it belongs to the trace of `traceparent` or to a new one."""

    def __init__(self, traceparent: str | None) -> None:
        self._traceparent = traceparent or f"00-{new_trace_id()}-{getrandbits(64):016x}-00"

    def __enter__(self) -> None:
        self._token: Token[str] = _header.set(self._traceparent)

    def __exit__(self, *_: object) -> None:
        _header.reset(self._token)
