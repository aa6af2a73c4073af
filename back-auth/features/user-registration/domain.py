"""Registration. A free and a taken address get the same answer in the same time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from services.email_links import new_link
from services.same_attempt import began
from shared.models.user import Registered, RegisterUser, Registration, RegistrationAccepted


class Directory(Protocol):
    async def register(self, account: RegisterUser) -> Registered:
        """Creates the account. Notifies the owner of a taken address, unless the account or such a mail is newer than `attempted_at`."""
        ...


class Passwords(Protocol):
    async def hash(self, password: str) -> str: ...


class RegistrationThrottle(Protocol):
    async def acquire(self, email: str, ip: str) -> None:
        """Counts an attempt by mailbox and by network, since each one sends a mail. Raises TooManyRequests."""
        ...


@dataclass(frozen=True)
class RegistrationDomain:
    directory: Directory
    passwords: Passwords
    throttle: RegistrationThrottle

    async def register(self, registration: Registration, ip: str) -> RegistrationAccepted:
        """`ip` is the address of the person. Raises TooManyRequests, Unavailable."""
        attempted_at = datetime.now(UTC)
        await self.throttle.acquire(registration.email, ip)
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
