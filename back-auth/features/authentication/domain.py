"""Who gets tokens. An unknown address and a wrong password are the same to the caller, in answer and in time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

from shared.models.session import Login, LoginEvent, SessionRevoked, TokenPair
from shared.models.user import Credentials, User
from shared.security.constants import JWT_EXPIRATION
from shared.utils.errors import ServiceError, Unauthenticated, Unavailable
from shared.utils.ids import new_id


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


class WrongCredentials(Unauthenticated):
    def __init__(self) -> None:
        super().__init__("The e-mail address or the password is wrong.")


class Suspended(Unauthenticated):
    """Only told to somebody who knows the password."""

    def __init__(self) -> None:
        super().__init__("This account is suspended. Please contact the support.")


class SessionEnded(Unauthenticated):
    def __init__(self) -> None:
        super().__init__("Your login is not valid any more. Please log in again.")


@dataclass(frozen=True)
class AuthenticationDomain:
    directory: Directory
    passwords: Passwords
    attempts: Attempts
    sessions: Sessions
    tokens: Tokens
    events: Events

    async def login(self, login: Login, device: Device) -> TokenPair:
        """Raises WrongCredentials, Suspended, TooManyRequests or Unavailable."""
        last = await self.attempts.take(login.email, device.ip)
        known, right = await self._check(login, device)
        if known is None or not right:
            if known:
                self._record(known.user, "locked" if last else "failed", device)
            raise WrongCredentials
        await self.attempts.succeeded(login.email, device.ip)
        if known.user.status != "active":
            self._record(known.user, "failed", device)
            raise Suspended
        await self._rehash(known, login.password.get_secret_value())
        session = await self.sessions.open(known.user, device)
        self._record(known.user, "succeeded", device, session.session_id)
        return self._pair(known.user.id, known.user.role, session)

    async def refresh(self, refresh_token: str, device: Device) -> TokenPair:
        """A token that was used before ends the session, and its owner is told (RFC 9700, section 4.14.2).

        Raises SessionEnded, TooManyRequests or Unavailable.
        """
        await self.attempts.refreshing(refresh_token)
        owner = await self.sessions.owner(refresh_token)
        if owner is None:
            raise SessionEnded
        role = await self._role_now(owner)
        session = await self.sessions.rotate(refresh_token, role)
        if isinstance(session, Reused):
            self._tell(owner.user_id, session, device)
        if not isinstance(session, Renewed):
            raise SessionEnded
        return self._pair(owner.user_id, role, session)

    async def logout(self, refresh_token: str) -> None:
        """Ends the session at every service; a token that is not valid any more is fine as well."""
        await self.sessions.close(refresh_token)

    async def _check(self, login: Login, device: Device) -> tuple[Credentials | None, bool]:
        """The account, and whether the password is its own."""
        try:
            known = await self.directory.credentials(login.email)
            password_hash = known.password_hash if known else None
            return known, await self.passwords.verify(login.password.get_secret_value(), password_hash)
        except Unavailable:
            await self.attempts.give_back(login.email, device.ip)
            raise

    async def _role_now(self, owner: Owner) -> str:
        """As back-postgres says; while that is not there, as it was when the session was last used."""
        try:
            user = await self.directory.user(owner.user_id)
        except Unavailable:
            return owner.role
        if user is None or user.status != "active":
            await self.sessions.close_all(owner.user_id)
            raise SessionEnded
        return user.role

    async def _rehash(self, known: Credentials, password: str) -> None:
        """A hash with today's parameters; when that does not work now, the next login does it."""
        if not self.passwords.outdated(known.password_hash):
            return
        try:
            await self.directory.replace_hash(known.user.id, await self.passwords.hash(password))
        except ServiceError:
            return

    def _tell(self, user_id: str, reused: Reused, device: Device) -> None:
        self.events.revoked(
            SessionRevoked(
                user_id=user_id,
                session_id=reused.session_id,
                reason="token_reused",
                ip=device.ip,
                user_agent=device.user_agent,
            )
        )

    def _pair(self, user_id: str, role: str, session: Renewed) -> TokenPair:
        token = self.tokens.sign(user_id=user_id, role=role, session_id=session.session_id)
        return TokenPair(access_token=token, refresh_token=session.refresh_token, expires_in=JWT_EXPIRATION)

    def _record(
        self,
        user: User,
        outcome: Literal["succeeded", "failed", "locked"],
        device: Device,
        session_id: str | None = None,
    ) -> None:
        self.events.record(
            LoginEvent(
                id=new_id(),
                user_id=user.id,
                outcome=outcome,
                ip=device.ip,
                user_agent=device.user_agent,
                session_id=session_id,
                occurred_at=datetime.now(UTC),
            )
        )
