"""Ids: UUIDv7 (RFC 9562), so that they sort by the time they were made."""

from uuid import UUID

from uuid6 import uuid7


def new_id() -> str:
    """A new UUIDv7 as text."""
    return str(uuid7())


def is_id(text: str) -> bool:
    """Whether `text` is a UUID in its canonical form."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
