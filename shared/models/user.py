"""Who somebody is: the account, what it may do, and what registration and login exchange."""

from typing import Literal

from pydantic import Field

from shared.models.base import Email, Entity, Line, Password, Request, Timestamp

Role = Literal["user", "support", "billing-admin", "admin"]
UserStatus = Literal["active", "suspended"]


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
    password: Password = Field(min_length=10, max_length=128)
    name: Line | None = Field(default=None, min_length=1, max_length=80)


class RegistrationAccepted(Entity):
    """The one answer to every well-formed registration, whether the address was free or not."""

    email: str
    status: Literal["check_your_mail"] = "check_your_mail"


class RegisterUser(Request):
    """back-auth → back-postgres: account, credential and outbox event in one transaction."""

    email: Email
    password_hash: str = Field(max_length=512)
    name: Line | None = Field(default=None, min_length=1, max_length=80)
    role: Role = "user"
    attempted_at: Timestamp


class Registered(Entity):
    """`created` is for back-auth's log only; it must not reach the outside."""

    user_id: str
    created: bool


class CredentialsLookup(Request):
    """back-auth → back-postgres: in a body, so that no address stands in an access log."""

    email: Email


class Credentials(Entity):
    """An account with its Argon2id hash; only back-auth asks for it."""

    user: User
    password_hash: str


class PasswordHash(Request):
    """A hash made anew with today's parameters."""

    password_hash: str = Field(max_length=512)


class UserIds(Request):
    """A batch instead of a call in a loop."""

    ids: list[str] = Field(max_length=500)


class Me(Entity):
    """`GET /api/me`."""

    user: User
