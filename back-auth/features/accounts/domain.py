"""How an account is opened. Whether the address was free or taken makes no difference to the caller, in answer or time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from services.email_links import new_link
from shared.models.user import Registered, RegisterUser, Registration, RegistrationAccepted

SAME_ATTEMPT = timedelta(seconds=2)
"""A double click, or the same call again, comes within this time."""


def began(attempted_at: datetime) -> datetime:
    """From when on what is found is this attempt's own doing, of which the owner of the address is not told."""
    return attempted_at - SAME_ATTEMPT


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
