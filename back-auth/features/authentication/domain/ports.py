"""The ports of login and refresh: protocols that adapters keep, and the values that pass through them."""

from dataclasses import dataclass
from typing import Protocol

from shared.models.session import AccountLocked, LoginEvent, SessionRevoked
from shared.models.user import Credentials, User


@dataclass(frozen=True)
class Device:
    """The origin of an attempt; `token` is the device token of an earlier login on it, if any."""

    ip: str
    user_agent: str
    token: str = ""


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted: on the budget of `known_device`, or on those of the account and where it comes from.

    With `locks` it is the last one that the account has for devices that are not known, for now.
    """

    email: str
    ip: str
    known_device: str | None
    locks: bool


@dataclass(frozen=True)
class RotatedToken:
    """A session and its next refresh token."""

    session_id: str
    refresh_token: str


@dataclass(frozen=True)
class TokenReuse:
    """The session that ended because a refresh token of it was used before, by its owner or by a thief."""

    session_id: str


@dataclass(frozen=True)
class Owner:
    """The owner of a refresh token's session; `role` as last known."""

    session_id: str
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


class LoginThrottle(Protocol):
    """Limits failed logins. An attempt is counted before the password is checked, so that no burst of guesses gets past
    the limit. A known device has its own budget, so that guesses from elsewhere do not lock it out.
    """

    async def acquire(self, email: str, device: Device) -> Attempt:
        """Raises TooManyRequests when none is left."""
        ...

    async def release(self, attempt: Attempt) -> None:
        """Uncounts an attempt that could not be decided."""
        ...

    async def succeeded(self, attempt: Attempt) -> None:
        """Raises TooManyRequests when the account was logged in to too often."""
        ...

    async def may_notify(self, email: str) -> bool:
        """Whether the owner of the mailbox may be notified of one more lock."""
        ...

    async def check_refresh(self, session_id: str) -> None:
        """Raises TooManyRequests when this session is refreshed too often."""
        ...


class Devices(Protocol):
    def after_login(self, token: str, email: str) -> str:
        """The token by which a device will be known to the owner of `email`; `token` is the one that it had."""
        ...


class Sessions(Protocol):
    async def open(self, user: User, device: Device) -> RotatedToken: ...
    async def owner(self, refresh_token: str) -> Owner | None: ...
    async def rotate(self, refresh_token: str, role: str) -> RotatedToken | TokenReuse | None:
        """None when it is no token of an open session."""
        ...

    async def close(self, refresh_token: str) -> None: ...
    async def close_all(self, user_id: str) -> None: ...


class Tokens(Protocol):
    def sign(self, *, user_id: str, role: str, session_id: str) -> str: ...


class Events(Protocol):
    def record(self, login: LoginEvent) -> None: ...
    def revoked(self, session: SessionRevoked) -> None: ...
    def locked(self, lock: AccountLocked) -> None: ...
