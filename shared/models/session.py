"""Login, tokens, sessions and the sign-in history."""

from typing import Any, Literal

from pydantic import Field

from shared.models.base import Batch, Email, Entity, Password, Request, Text, Timestamp
from shared.models.events import EventData
from shared.models.notification_preferences import DefaultPreference

DEFAULT_PREFERENCE = DefaultPreference("security", order=30)


class Login(Request):
    """`POST /api/auth/login`. No minimum length: a short password is simply wrong. 128 characters may be typed as 512."""

    email: Email
    password: Password = Field(min_length=1, max_length=512)


class RefreshRequest(Request):
    """`POST /api/auth/refresh` and `POST /api/auth/logout`."""

    refresh_token: Text = Field(min_length=1, max_length=256)


class TokenPair(Entity):
    """OAuth 2 shaped (RFC 6749 section 5.1): the access token is a JWT, the refresh token opaque and rotated at each use."""

    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


class KeySet(Entity):
    """`GET /.well-known/jwks.json` (RFC 7517): the public halves of the keys that sign access tokens."""

    keys: list[dict[str, Any]]


class Session(Entity):
    """One login on one device: a refresh token family."""

    id: str
    created_at: Timestamp
    last_used_at: Timestamp
    expires_at: Timestamp
    user_agent: str = ""
    ip: str = ""
    current: bool = False


class LoginEvent(Entity):
    """One attempt to log in, kept in Cassandra by user and month."""

    id: str
    user_id: str
    outcome: Literal["succeeded", "failed", "locked"]
    ip: str = ""
    user_agent: str = ""
    session_id: str | None = None
    occurred_at: Timestamp


class LoginRecorded(
    LoginEvent,
    EventData,
    event="login.recorded",
    shown="id user_id outcome occurred_at",
    hidden="ip user_agent session_id",
):
    """One attempt to log in."""


class SessionEnded(Entity):
    """An entry of `revoked:sessions`: no token of the session `sid` is valid any more."""

    sid: str


class SessionRevoked(EventData, event="session.revoked", shown="user_id reason", hidden="session_id ip user_agent"):
    """A session that was ended for the safety of its owner; `ip` and `user_agent` are those of the client that caused it."""

    session_id: str
    user_id: str
    reason: Literal["token_reused"]
    ip: str = ""
    user_agent: str = ""


class AccountLocked(EventData, event="session.locked_out", shown="user_id", hidden="ip user_agent"):
    """Too many wrong passwords: for a while only devices that its owner has used before can log in to the account.

    `ip` and `user_agent` are of the last attempt.
    """

    user_id: str
    ip: str = ""
    user_agent: str = ""


class LoginEvents(Request):
    """A batch to store; idempotent by event id."""

    items: Batch[LoginEvent]
