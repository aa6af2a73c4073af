"""What caches may keep (RFC 9111): nothing of an answer, unless its endpoint says so."""

from collections.abc import Iterable

from starlette.types import Message

Header = tuple[bytes, bytes]
NO_STORE: Header = (b"cache-control", b"no-store")
ASK_FIRST: Header = (b"cache-control", b"private, no-cache")
"""For an answer with an ETag: its reader may keep it, and asks each time whether it is still current."""


def cache_headers(start: Message) -> Iterable[Header]:
    """The header that the `http.response.start` message lacks."""
    names = {name.lower() for name, _ in start.get("headers", ())}
    if b"cache-control" in names:
        return ()
    return (ASK_FIRST,) if b"etag" in names and start["status"] in (200, 304) else (NO_STORE,)
