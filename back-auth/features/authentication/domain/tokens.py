"""Issues the token pair that ends a login or a refresh."""

from shared.models.session import TokenPair
from shared.security.constants import JWT_EXPIRATION

from .ports import RotatedToken, Tokens


def issue_tokens(tokens: Tokens, *, user_id: str, role: str, session: RotatedToken) -> TokenPair:
    """An access token for the session, and its next refresh token."""
    token = tokens.sign(user_id=user_id, role=role, session_id=session.session_id)
    return TokenPair(access_token=token, refresh_token=session.refresh_token, expires_in=JWT_EXPIRATION)
