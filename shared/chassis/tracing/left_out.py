"""Traces that are not kept: no span is made, and whoever is called learns it by the header, so that none keeps a part."""

import random
import re
from contextvars import ContextVar, Token

_SAMPLED = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]([0-9a-f])")
_header: ContextVar[str] = ContextVar("left_out", default="")


def header() -> str:
    """The `traceparent` of the trace at hand, if it is not kept."""
    return _header.get()


def keeps(traceparent: str | None, share: float) -> bool:
    """As the sender of `traceparent` has decided; a trace that begins here with the chance `share`."""
    sender = _SAMPLED.fullmatch(traceparent or "")
    return bool(int(sender[1], 16) & 1) if sender else random.random() < share  # noqa: S311 - no secret


class LeftOut:
    """For the block, the trace of `traceparent`, or a new one, is not kept."""

    def __init__(self, traceparent: str | None) -> None:
        known = traceparent if traceparent and _SAMPLED.fullmatch(traceparent) else None
        self._traceparent = known or f"00-{random.getrandbits(128):032x}-{random.getrandbits(64):016x}-00"

    def __enter__(self) -> None:
        self._token: Token[str] = _header.set(self._traceparent)

    def __exit__(self, *_: object) -> None:
        _header.reset(self._token)
