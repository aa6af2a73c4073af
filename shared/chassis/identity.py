"""FastAPI dependencies: who calls (`CurrentUser`) and whether they may (`requires`)."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from typing import Annotated, Any

import structlog
from fastapi import Depends, Request, Security
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from shared.chassis.client import ServiceClient
from shared.models.base import Entity
from shared.models.session import KeySet
from shared.security.jwt import InvalidToken
from shared.security.keys import FetchedKeys
from shared.security.verifier import Revocations, TokenVerifier
from shared.utils.errors import Forbidden, Unauthenticated

MAX_TOKEN = 8192
_caller: "ContextVar[Identity | None]" = ContextVar("caller", default=None)
log = structlog.get_logger("identity")


class Identity(Entity):
    """The verified caller."""

    user_id: str
    session_id: str
    role: str
    permissions: frozenset[str]
    token: str


def current_caller() -> Identity | None:
    """The caller of the current request; None before it was verified, or without a token."""
    return _caller.get()


async def fetch_keys(back_auth: ServiceClient) -> dict[str, Any]:
    """back-auth's JWKS."""
    answer = await back_auth.get("/.well-known/jwks.json", model=KeySet)
    return {"keys": answer.keys}


def token_verifier(back_auth: ServiceClient, revocations: Revocations) -> TokenVerifier:
    """A verifier whose keys are back-auth's JWKS."""
    return TokenVerifier(FetchedKeys(partial(fetch_keys, back_auth)), revocations)


def bearer_token(authorization: str | None) -> str:
    """The token of an `Authorization: Bearer` header (RFC 6750).

    Raises:
        Unauthenticated: there is none.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > MAX_TOKEN:
        raise Unauthenticated("Send the access token of a login as `Authorization: Bearer ...`.")
    return token.strip()


class _Authenticate(SecurityBase):
    """A dependency that OpenAPI shows as the scheme `bearer`."""

    def __init__(self) -> None:
        self.model = HTTPBearer(bearerFormat="JWT")
        self.scheme_name = "bearer"

    async def __call__(self, request: Request) -> Identity:
        """Verifies the caller's token with the application's `state.verifier`; a refusal's reason is only logged."""
        verifier: TokenVerifier = request.app.state.verifier
        token = bearer_token(request.headers.get("authorization"))
        try:
            claims = await verifier.verify(token)
        except InvalidToken as error:
            log.info("token refused", reason=error.reason)
            raise
        identity = Identity(
            user_id=claims.sub,
            session_id=claims.sid,
            role=claims.role,
            permissions=frozenset(claims.permissions),
            token=token,
        )
        _caller.set(identity)  # a request has a context of its own, which ends with it
        return identity


authenticate = _Authenticate()


async def authenticate_if_sent(request: Request) -> Identity | None:
    """The caller; None without an `Authorization` header.

    Raises:
        Unauthenticated: the token that was sent is refused.
    """
    if "authorization" in request.headers:
        return await authenticate(request)
    _caller.set(None)
    return None


CurrentUser = Annotated[Identity, Depends(authenticate)]


def requires(permission: str) -> Callable[..., Awaitable[Identity]]:
    """A dependency that admits callers who hold `permission` (`resource:action`); OpenAPI shows it as a scope."""

    async def check(user: Annotated[Identity, Security(authenticate, scopes=[permission])]) -> Identity:
        if permission not in user.permissions:
            raise Forbidden(f"Your account does not have the permission {permission}.")
        return user

    return check
