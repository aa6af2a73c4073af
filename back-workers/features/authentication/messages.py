"""Messages about the security of an account."""

from datetime import datetime

from features.notifications.message import EventMessage, MessageModel, PersonName
from shared.models.events import Event
from shared.models.session import AccountLocked, SessionRevoked


class SessionRevokedMessage(MessageModel):
    key = "session_revoked"
    kind = "security"
    link: str | None = "/app/settings"
    name: PersonName | None
    ip: str
    at: datetime


class AccountLockedMessage(MessageModel):
    key = "account_locked"
    kind = "security"
    link: str | None = "/app/settings"
    name: str | None
    ip: str
    at: datetime


def _revoked(event: Event, data: SessionRevoked) -> EventMessage:
    return EventMessage(event, data.user_id, SessionRevokedMessage(name=None, ip=data.ip, at=event.occurred_at))


def _locked(event: Event, data: AccountLocked) -> EventMessage:
    return EventMessage(event, data.user_id, AccountLockedMessage(name=None, ip=data.ip, at=event.occurred_at))


MAIL_MESSAGES = {SessionRevoked: _revoked, AccountLocked: _locked}
IN_APP_MESSAGES = {SessionRevoked: _revoked, AccountLocked: _locked}
