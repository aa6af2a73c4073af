"""How an account is opened. Whether the address was free or taken makes no difference to the caller, in answer or time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from services.email_links import new_link
from services.same_attempt import began
from shared.models.user import Registered, RegisterUser, Registration, RegistrationAccepted


class Directory(Protocol):
    async def register(self, account: RegisterUser) -> Registered:
        """Opens the account; an owner who is older than `attempted_at`, and was not told since, is told of the attempt."""
        ...


class Passwords(Protocol):
    async def hash(self, password: str) -> str: ...


class Attempts(Protocol):
    async def demand(self, email: str, ip: str) -> None:
        """By mailbox and by network, since each attempt sends a mail. Raises TooManyRequests."""
        ...


@dataclass(frozen=True)
class AccountsDomain:
    directory: Directory
    passwords: Passwords
    attempts: Attempts

    async def open(self, registration: Registration, ip: str) -> RegistrationAccepted:
        """`ip` is the address of the person. Raises TooManyRequests or Unavailable."""
        attempted_at = datetime.now(UTC)
        await self.attempts.demand(registration.email, ip)
        account = RegisterUser(
            email=registration.email,
            password_hash=await self.passwords.hash(registration.password.get_secret_value()),
            name=registration.name,
            role="user",
            attempted_at=began(attempted_at),
            verification=new_link(),
        )
        await self.directory.register(account)
        return RegistrationAccepted(email=registration.email)
