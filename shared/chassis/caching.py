"""Cache headers (RFC 9111): caches may store no answer, unless its endpoint allows it."""

from collections.abc import Iterable

from starlette.types import Message

Header = tuple[bytes, bytes]
NO_STORE: Header = (b"cache-control", b"no-store")
ASK_FIRST: Header = (b"cache-control", b"private, no-cache")
"""For an answer with an ETag: the client may store it and revalidates it each time."""


def cache_headers(start: Message) -> Iterable[Header]:
    """The header that the `http.response.start` message lacks."""
    names = {name.lower() for name, _ in start.get("headers", ())}
    if b"cache-control" in names:
        return ()
    return (ASK_FIRST,) if b"etag" in names and start["status"] in (200, 304) else (NO_STORE,)
