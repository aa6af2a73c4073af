"""A password scheme whose work is under way for as long as a test wants."""

from threading import Event

from services.password_hashing import argon2id

GIVE_UP_SECONDS = 180


class BlockedScheme:
    """Cheap Argon2id whose work on the passwords that are held goes on when they are `released`; `begun` counts it."""

    def __init__(self) -> None:
        self._scheme = argon2id(memory_kib=8, passes=1)
        self._blocked = ""
        self._all = False
        self.begun = 0
        self.released = Event()

    def block(self, password: str = "") -> None:
        """This one, or all."""
        self._blocked = password
        self._all = not password

    def hash(self, secret: str) -> str:
        self._wait(secret)
        return self._scheme.hash(secret)

    def verify(self, secret: str, hash: str) -> bool:  # noqa: A002 - passlib's name
        self._wait(secret)
        return self._scheme.verify(secret, hash)

    def needs_update(self, hash: str) -> bool:  # noqa: A002 - passlib's name
        return self._scheme.needs_update(hash)

    def _wait(self, secret: str) -> None:
        if self._all or secret == self._blocked:
            self.begun += 1
            assert self.released.wait(GIVE_UP_SECONDS), "nobody released it: was the event loop held up?"
