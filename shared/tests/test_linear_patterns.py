"""What looks through texts from outside needs time in proportion to their length, whatever stands in them."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.chassis.tracing.log_lines import shortened
from shared.models.announcement import Link
from shared.models.base import Email, Line, Text
from shared.models.notification_preferences import Clock
from shared.models.profile import Locale, TimeZone
from shared.utils import correlation, cursors
from shared.utils.errors import Invalid
from shared.utils.masking import masked

LENGTH = 64 * 1024
LINEAR = 2.0
"""Double the length, about double the time; a quadratic one needs four times."""
MARGIN = 1.5
NOISE_SECONDS = 0.002
PARTS = [
    "a",
    "@",
    "a@",
    "@a",
    ".",
    "a.",
    " ",
    "a ",
    "\n",
    " \n",
    '"',
    '" ',
    "(",
    "((",
    "a@b",
    "é",
    "\\",
    "W/",
    "-",
    "/",
    "1",
    "1-",
    "%",
    ":",
    "=",
    '  File "',
    "\x00",
]


def validated(kind: Any) -> Callable[[str], object]:
    adapter = TypeAdapter[Any](kind)

    def validate(text: str) -> object:
        with suppress(ValidationError):
            return adapter.validate_python(text)

    return validate


def decoded(text: str) -> object:
    with suppress(Invalid):
        return cursors.decode(text, 1)


READERS: dict[str, Callable[[str], object]] = {
    "masked": masked,
    "shortened": shortened,
    "correlation id": correlation.accept,
    "cursor": decoded,
    **{str(kind): validated(kind) for kind in (Link, Clock)},
    "email": validated(Email),
    "line": validated(Line),
    "text": validated(Text),
    "locale": validated(Locale),
    "time zone": validated(TimeZone),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    """Of processor time; the best of three."""

    def once() -> float:
        started = time.thread_time()
        read(text)
        return time.thread_time() - started

    return min(once() for _ in range(3))


@pytest.mark.parametrize("name", READERS)
def test_double_the_length_needs_about_double_the_time(name: str) -> None:
    read = READERS[name]
    for part in PARTS:
        text = part * (LENGTH // len(part))
        short = seconds(read, text)
        long = seconds(read, text * 2)
        assert long <= LINEAR * MARGIN * short + NOISE_SECONDS, f"{part!r}: {short:.4f} s, {long:.4f} s"
