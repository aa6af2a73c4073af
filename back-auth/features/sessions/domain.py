"""A user's own sessions: list them, end one. Nobody sees another user's."""

from dataclasses import dataclass
from typing import Protocol

from shared.models.base import Items, Page
from shared.models.session import LoginEvent, Session
from shared.utils.errors import NotFound


class Sessions(Protocol):
    async def list_sessions(self, user_id: str) -> list[Session]: ...

    async def revoke(self, user_id: str, session_id: str) -> bool:
        """False when this user has no such session."""
        ...


class SignIns(Protocol):
    async def list_login_events(self, user_id: str, *, limit: int, cursor: str | None) -> Page[LoginEvent]: ...


@dataclass(frozen=True)
class SessionsDomain:
    """Methods raise Unavailable when the store is not there."""

    sessions: Sessions
    sign_ins: SignIns

    async def list_own(self, user_id: str, current_id: str) -> Items[Session]:
        sessions = await self.sessions.list_sessions(user_id)
        marked = [session.model_copy(update={"current": session.id == current_id}) for session in sessions]
        return Items(items=marked)

    async def end_own(self, user_id: str, session_id: str) -> None:
        """Raises NotFound when it is not a session of this user."""
        if not await self.sessions.revoke(user_id, session_id):
            raise NotFound("This session doesn’t exist; it may have ended already.")

    async def list_own_sign_ins(self, user_id: str, *, limit: int, cursor: str | None) -> Page[LoginEvent]:
        """Newest first."""
        return await self.sign_ins.list_login_events(user_id, limit=limit, cursor=cursor)
