"""What logging in and renewing need of others, as protocols, and what passes between them."""

from dataclasses import dataclass
from typing import Protocol

from shared.models.session import LoginEvent, SessionRevoked
from shared.models.user import Credentials, User


@dataclass(frozen=True)
class Device:
    """Where an attempt comes from."""

    ip: str
    user_agent: str


@dataclass(frozen=True)
class Renewed:
    """A session and its next refresh token."""

    session_id: str
    refresh_token: str


@dataclass(frozen=True)
class Reused:
    """The session that ended because a refresh token of it was used before: owner or thief, nobody can tell."""

    session_id: str


@dataclass(frozen=True)
class Owner:
    """Whose session a refresh token names; `role` as last known."""

    user_id: str
    role: str


class Directory(Protocol):
    async def credentials(self, email: str) -> Credentials | None: ...
    async def user(self, user_id: str) -> User | None: ...
    async def replace_hash(self, user_id: str, password_hash: str) -> None: ...


class Passwords(Protocol):
    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Takes the same time without a hash, and is false then."""
        ...

    async def hash(self, password: str) -> str: ...
    def outdated(self, password_hash: str) -> bool: ...


class Attempts(Protocol):
    """By account and by address. One is counted before the password is looked at, so that no burst of guesses gets past
    the limit; only failures use it up.
    """

    async def take(self, email: str, ip: str) -> bool:
        """Counts an attempt; whether it is the account's last one for now. Raises TooManyRequests when none is left."""
        ...

    async def give_back(self, email: str, ip: str) -> None:
        """For an attempt that could not be decided."""
        ...

    async def succeeded(self, email: str, ip: str) -> None: ...

    async def refreshing(self, refresh_token: str) -> None:
        """Raises TooManyRequests when this session is refreshed too often."""
        ...


class Sessions(Protocol):
    async def open(self, user: User, device: Device) -> Renewed: ...
    async def owner(self, refresh_token: str) -> Owner | None: ...
    async def rotate(self, refresh_token: str, role: str) -> Renewed | Reused | None:
        """None when the token is unknown."""
        ...

    async def close(self, refresh_token: str) -> None: ...
    async def close_all(self, user_id: str) -> None: ...


class Tokens(Protocol):
    def sign(self, *, user_id: str, role: str, session_id: str) -> str: ...


class Events(Protocol):
    def record(self, login: LoginEvent) -> None: ...
    def revoked(self, session: SessionRevoked) -> None: ...
