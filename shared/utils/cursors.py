"""Opaque cursors of paged lists: the sort key of the last row, base64url."""

import base64
import binascii
import json

from shared.utils.errors import Invalid


def encode(*key: str) -> str:
    """A cursor that continues after the row with this sort key."""
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, parts: int) -> tuple[str, ...]:
    """The sort key in `cursor`.

    Raises:
        Invalid: not a cursor of `parts` parts that `encode` made.
    """
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        raise Invalid.field("cursor", "is not a cursor that this list gave out") from None
    if not isinstance(key, list) or len(key) != parts or not all(isinstance(part, str) for part in key):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        raise Invalid.field("cursor", "is not a cursor that this list gave out")
    return tuple(str(part) for part in key)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
