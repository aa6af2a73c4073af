"""A link is mailed, followed once within a day, and replaced by each newer one."""

from dataclasses import dataclass
from typing import Protocol

from services.email_links import hash_of, new_link
from shared.models.email_verification import NewEmailVerification, VerifiedEmail
from shared.utils.errors import Invalid, NotFound


class Verifications(Protocol):
    """back-postgres. Both raise NotFound."""

    async def request(self, user_id: str, link: NewEmailVerification) -> None: ...
    async def confirm(self, token_hash: str) -> VerifiedEmail: ...


class MailLimit(Protocol):
    async def acquire(self, user_id: str) -> None:
        """Raises TooManyRequests: each request sends a mail."""
        ...


class UnusableLink(Invalid):
    """Unknown, used, replaced and expired are the same to the caller."""

    def __init__(self) -> None:
        message = "This link is no longer valid. Log in and ask for a new one."
        super().__init__(message, errors=Invalid.field("token", message).errors)


@dataclass(frozen=True)
class EmailVerificationDomain:
    verifications: Verifications
    mail_limit: MailLimit

    async def request(self, user_id: str) -> None:
        """Has a new link mailed; of an address that is proven already, nothing is sent. Raises TooManyRequests, Unavailable."""
        await self.mail_limit.acquire(user_id)
        try:
            await self.verifications.request(user_id, new_link())
        except NotFound:
            return

    async def confirm(self, token: str) -> None:
        """Proves the address that the link was sent to. Raises UnusableLink, Unavailable."""
        try:
            await self.verifications.confirm(hash_of(token))
        except NotFound:
            raise UnusableLink from None
