"""The correlation id of the work at hand: accepted when well-formed, else made; in every log line, call, task and event."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

HEADER = "X-Correlation-ID"
ORIGIN_HEADER = "X-Correlation-Origin"
"""Sent by the gateway beside an id that it has made itself."""
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_current: ContextVar[str] = ContextVar("correlation_id", default="")


def is_well_formed(candidate: str) -> bool:
    """8 to 64 of letters, digits, `._-`, the first one a letter or digit."""
    return bool(_WELL_FORMED.fullmatch(candidate))


def accept(candidate: str | None) -> str:
    """`candidate` when it is well-formed, else a new id."""
    return candidate if candidate and is_well_formed(candidate) else str(uuid4())


def current() -> str:
    """The id bound to this context; empty outside a request, task or event."""
    return _current.get()


@contextmanager
def bind(correlation_id: str) -> Generator[str]:
    """Binds `correlation_id` for the block."""
    token = _current.set(correlation_id)
    try:
        yield correlation_id
    finally:
        _current.reset(token)
