"""Sources of public keys: back-auth's key set over the network, or a file for services that call nobody."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import jwt

REFETCH_SECONDS = 5.0
KeySet = Mapping[str, Any]
"""A JWK set (RFC 7517) as JSON: `{"keys": [...]}`."""


class PublicKeys(Protocol):
    """Keys by `kid`."""

    @property
    def known(self) -> Mapping[str, Any]: ...

    async def renew(self) -> bool:
        """Whether there are newer keys now; called when a token names an unknown one."""
        ...


class FetchedKeys:
    """Keys from `fetch` (back-auth's JWKS), loaded when first needed and again for an unknown `kid`."""

    def __init__(self, fetch: Callable[[], Awaitable[KeySet]]) -> None:
        self._fetch = fetch
        self._fetched_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self.known: Mapping[str, Any] = {}

    async def renew(self) -> bool:
        """At most once in five seconds, so that forged `kid`s cannot flood back-auth; concurrent callers wait for the same fetch."""
        if self._fetching is None:
            if time.monotonic() - self._fetched_at < REFETCH_SECONDS:
                return False
            self._fetching = asyncio.create_task(self._renew())
        await asyncio.shield(self._fetching)
        return True

    async def _renew(self) -> None:
        try:
            self.known = by_id(await self._fetch())
            self._fetched_at = time.monotonic()
        finally:
            self._fetching = None


class KeyFile:
    """The keys in a file, read again when it has changed: keys can be added and removed without a restart."""

    def __init__(self, path: Path) -> None:
        """Raises SystemExit with one sentence when it cannot be read: without keys nobody could be admitted."""
        self._path = path
        try:
            self._read()
        except (OSError, ValueError, jwt.PyJWTError) as error:
            why = f"{path}: no key set ({type(error).__name__}); `python -m stack.secrets` writes it"
            raise SystemExit(why) from None

    @property
    def known(self) -> Mapping[str, Any]:
        """Its current keys; while it cannot be read, the previous ones."""
        try:
            if self._stamp() != self._read_at:
                self._read()
        except (OSError, ValueError, jwt.PyJWTError):
            pass
        return self._keys

    async def renew(self) -> bool:
        """`known` is always what the file holds."""
        return False

    def _read(self) -> None:
        stamp = self._stamp()
        self._keys = by_id(json.loads(self._path.read_text(encoding="utf-8")))
        self._read_at = stamp

    def _stamp(self) -> tuple[int, int, int]:
        stat = self._path.stat()
        return stat.st_mtime_ns, stat.st_ino, stat.st_size


def by_id(keys: KeySet) -> dict[str, Any]:
    """The keys of a JWK set by `kid`. Raises jwt.PyJWTError when one is invalid."""
    return {key.key_id or "": key.key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys}
