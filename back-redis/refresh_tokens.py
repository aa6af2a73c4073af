"""The form of a refresh token, `<session id>.<generation>.<tag>`, the check that it is one of ours, and which may be used."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

_SECRET = re.compile(r"([1-9][0-9]{0,17})\.([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True)
class RefreshToken:
    """The parsed, unverified parts of a token; `RefreshTokens.genuine` verifies them. `generation` is 0 in another form."""

    session_id: str
    generation: int
    tag: str

    @classmethod
    def parse(cls, text: str) -> Self:
        session_id, _, secret = text.partition(".")
        found = _SECRET.fullmatch(secret)
        return cls(session_id, int(found[1]), found[2]) if found else cls(session_id, 0, "")


class RefreshTokens:
    """Tags are HMAC-SHA256 (RFC 2104) under `key`, 256 bits."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, session_id: str, seed: str, generation: int) -> str:
        """The token of this generation of a family with this seed: the same one each time."""
        return f"{session_id}.{generation}.{self._tag(session_id, seed, generation)}"

    def genuine(self, token: RefreshToken, seed: str | None) -> bool:
        """Whether `token` was made here for the family with `seed`; false without a family (None)."""
        return seed is not None and hmac.compare_digest(token.tag, self._tag(token.session_id, seed, token.generation))

    def _tag(self, session_id: str, seed: str, generation: int) -> str:
        digest = hmac.digest(self._key, f"{session_id}.{seed}.{generation}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True)
class Generations:
    """`current` may be used next; the one before it was exchanged at `rotated_at`."""

    current: int
    rotated_at: float

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> Self:
        return cls(int(fields["generation"]), float(fields["rotated_at"]))

    def use(self, generation: int, now: float, *, grace: float) -> Self | None:
        """After a token of `generation` was presented: the next one is current, or still the same one when the one before it
        was presented within `grace` seconds. None when it is reuse.
        """
        if generation == self.current:
            return type(self)(self.current + 1, now)
        in_grace = generation == self.current - 1 and abs(now - self.rotated_at) <= grace
        return self if in_grace else None

    def fields(self) -> dict[str, str | float]:
        """As they are stored."""
        return {"generation": self.current, "rotated_at": self.rotated_at}
