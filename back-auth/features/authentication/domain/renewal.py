"""A session goes on by exchanging its refresh token, and ends with a logout or with the reuse of a token."""

from dataclasses import dataclass

from shared.models.session import SessionRevoked, TokenPair
from shared.utils.errors import Unauthenticated, Unavailable

from .ports import Device, Directory, Events, LoginThrottle, Owner, RotatedToken, Sessions, TokenReuse, Tokens
from .tokens import issue_tokens


class SessionEnded(Unauthenticated):
    def __init__(self) -> None:
        super().__init__("Your login has expired. Log in again.")


@dataclass(frozen=True)
class RenewalDomain:
    directory: Directory
    throttle: LoginThrottle
    sessions: Sessions
    tokens: Tokens
    events: Events

    async def refresh(self, refresh_token: str, device: Device) -> TokenPair:
        """Returns the next pair of tokens. A token that was used before ends the session and notifies its owner
        (RFC 9700, section 4.14.2). A forged one does nothing to the session, not even to its limit.

        Raises SessionEnded, TooManyRequests or Unavailable.
        """
        owner = await self.sessions.owner(refresh_token)
        if owner is None:
            raise SessionEnded
        await self.throttle.check_refresh(owner.session_id)
        role = await self._role_now(owner)
        session = await self.sessions.rotate(refresh_token, role)
        if isinstance(session, TokenReuse):
            self._report_reuse(owner.user_id, session, device)
        if not isinstance(session, RotatedToken):
            raise SessionEnded
        return issue_tokens(self.tokens, user_id=owner.user_id, role=role, session=session)

    async def logout(self, refresh_token: str) -> None:
        """Ends the session at every service; a token that is not valid any more is fine as well."""
        await self.sessions.close(refresh_token)

    async def _role_now(self, owner: Owner) -> str:
        """As back-postgres says; while that is not there, as it was when the session was last used."""
        try:
            user = await self.directory.user(owner.user_id)
        except Unavailable:
            return owner.role
        if user is None or user.status != "active":
            await self.sessions.close_all(owner.user_id)
            raise SessionEnded
        return user.role

    def _report_reuse(self, user_id: str, reused: TokenReuse, device: Device) -> None:
        self.events.revoked(
            SessionRevoked(
                user_id=user_id,
                session_id=reused.session_id,
                reason="token_reused",
                ip=device.ip,
                user_agent=device.user_agent,
            )
        )
