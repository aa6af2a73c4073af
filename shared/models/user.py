"""Accounts: their permissions, and the messages of registration and login."""

from typing import Literal

from pydantic import Field

from shared.models.base import Batch, Email, Entity, Name, NewPassword, Request, Timestamp
from shared.models.email_verification import EmailVerificationLink, NewEmailVerification
from shared.models.events import EventData
from shared.models.notification_preferences import DefaultPreference

Role = Literal["user", "support", "billing-admin", "admin"]
UserStatus = Literal["active", "suspended"]
DEFAULT_PREFERENCE = DefaultPreference("welcome", order=10)


class User(Entity):
    """An account as every service sees it; never carries a credential."""

    id: str
    email: str
    name: str | None = None
    role: Role = "user"
    permissions: list[str] = []
    status: UserStatus = "active"
    email_verified_at: Timestamp | None = None
    created_at: Timestamp


class Registration(Request):
    """`POST /api/user-registration` and `POST back-auth/internal/accounts`."""

    email: Email
    password: NewPassword = Field(min_length=10, max_length=128)
    name: Name | None = None


class RegistrationAccepted(Entity):
    """The same answer to every well-formed registration, whether the address was free or not."""

    email: str
    status: Literal["check_your_mail"] = "check_your_mail"


class RegisterUser(Request):
    """back-auth → back-postgres: account, credential and outbox event in one transaction."""

    email: Email
    password_hash: str = Field(max_length=512)
    name: Name | None = None
    role: Role = "user"
    attempted_at: Timestamp
    email_verified: bool = False
    """True for the demo accounts, whose addresses receive no mail."""
    verification: NewEmailVerification | None = None
    """The link that the welcome mail leads to; absent when `email_verified`."""


class Registered(Entity):
    """`created` is for back-auth's log only; it must not reach the outside."""

    user_id: str
    created: bool


class CredentialsLookup(Request):
    """back-auth → back-postgres: in a body, so that no address appears in an access log."""

    email: Email


class Credentials(Entity):
    """An account with its Argon2id hash; only back-auth asks for it."""

    user: User
    password_hash: str


class PasswordHash(Request):
    """A hash computed anew with the current parameters."""

    password_hash: str = Field(max_length=512)


class UserIds(Request):
    """A batch instead of a call in a loop."""

    ids: Batch[str]


class Me(Entity):
    """`GET /api/me`."""

    user: User


class NewUser(Entity):
    """The data of a welcome; nothing that could become stale."""

    id: str
    email: str
    name: str | None = None


class UserRegistered(EventData, event="user.registered", shown="user.id", hidden="user.email user.name verification"):
    """`verification` is the link in the welcome mail; absent when the address needs no verification."""

    user: NewUser
    verification: EmailVerificationLink | None = None


class RegistrationRepeated(EventData, event="user.registration_repeated", hidden="email name"):
    """The owner of the address, who gets the mail."""

    email: str
    name: str | None = None
