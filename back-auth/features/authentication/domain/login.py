"""Logging in. An unknown address and a wrong password are the same to the caller, in answer and in time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from shared.models.session import AccountLocked, Login, LoginEvent, TokenPair
from shared.models.user import Credentials, User
from shared.utils.errors import ServiceError, Unauthenticated, Unavailable
from shared.utils.ids import new_id

from .ports import Attempt, Device, Devices, Directory, Events, LoginThrottle, Passwords, Sessions, Tokens
from .tokens import issue_tokens


class WrongCredentials(Unauthenticated):
    def __init__(self) -> None:
        super().__init__("Email or password is wrong.")


class Suspended(Unauthenticated):
    """Raised only for somebody who knows the password."""

    def __init__(self) -> None:
        super().__init__("This account is suspended. Contact support.")


@dataclass(frozen=True)
class LoggedIn:
    """`device_token` makes the device known from now on (OWASP "device cookies")."""

    tokens: TokenPair
    device_token: str


@dataclass(frozen=True)
class LoginDomain:
    directory: Directory
    passwords: Passwords
    throttle: LoginThrottle
    devices: Devices
    sessions: Sessions
    tokens: Tokens
    events: Events

    async def login(self, login: Login, device: Device) -> LoggedIn:
        """Raises WrongCredentials, Suspended, TooManyRequests or Unavailable."""
        attempt = await self.throttle.acquire(login.email, device)
        known, right = await self._check(login, attempt)
        if known is None or not right:
            await self._failed(known, attempt, device)
            raise WrongCredentials
        await self.throttle.succeeded(attempt)
        if known.user.status != "active":
            self._record(known.user, "failed", device)
            raise Suspended
        await self._rehash(known, login.password.get_secret_value())
        session = await self.sessions.open(known.user, device)
        self._record(known.user, "succeeded", device, session.session_id)
        tokens = issue_tokens(self.tokens, user_id=known.user.id, role=known.user.role, session=session)
        return LoggedIn(tokens, self.devices.after_login(device.token, login.email))

    async def _check(self, login: Login, attempt: Attempt) -> tuple[Credentials | None, bool]:
        """The account, and whether the password is its own."""
        try:
            known = await self.directory.credentials(login.email)
            password_hash = known.password_hash if known else None
            return known, await self.passwords.verify(login.password.get_secret_value(), password_hash)
        except Unavailable:
            await self.throttle.release(attempt)
            raise

    async def _failed(self, known: Credentials | None, attempt: Attempt, device: Device) -> None:
        """Notifies the owner of a lock, once. An account that does not exist costs the same."""
        may_notify = attempt.locks and await self.throttle.may_notify(attempt.email)
        if known is None:
            return
        self._record(known.user, "locked" if attempt.locks else "failed", device)
        if may_notify:
            self.events.locked(AccountLocked(user_id=known.user.id, ip=device.ip, user_agent=device.user_agent))

    async def _rehash(self, known: Credentials, password: str) -> None:
        """A hash with today's parameters; when that does not work now, the next login does it."""
        if not self.passwords.outdated(known.password_hash):
            return
        try:
            await self.directory.replace_hash(known.user.id, await self.passwords.hash(password))
        except ServiceError:
            return

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
