"""ASGI middleware: admits to an internal endpoint only the services that its contract names as `callers`.

No setting turns it off. It runs before routing, so that a path that no contract declares is closed.
"""

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.chassis import problems, tracing
from shared.chassis.headers import header
from shared.contracts.allowed_callers import PREFIX, AllowedCallers
from shared.security.constants import SERVICE_TOKEN_HEADER
from shared.security.jwt import InvalidToken
from shared.security.service_verifier import ServiceTokenVerifier
from shared.utils.errors import Forbidden, NotFound, ServiceError, Unauthenticated

MAX_TOKEN = 4096
_HEADER = SERVICE_TOKEN_HEADER.lower().encode()
log = structlog.get_logger("service identity")


class UnknownCaller(Unauthenticated):
    """Which of the many reasons is only logged."""

    slug = "service-unauthenticated"
    title = "For services only"

    def __init__(self) -> None:
        super().__init__(f"Send a service token of back-auth for this service as {SERVICE_TOKEN_HEADER}.")

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": "ServiceToken"}


class UndeclaredCaller(Forbidden):
    slug = "service-not-admitted"
    title = "Not a declared call"

    def __init__(self, caller: str) -> None:
        super().__init__(f"{caller} is not among the `callers` of this endpoint's contract.")


REFUSALS = frozenset(problems.URN + error.slug for error in (UnknownCaller, UndeclaredCaller))
"""Problem types about the calling service itself, not about the user on whose behalf it calls."""


class ServiceIdentityMiddleware:
    def __init__(self, app: ASGIApp, verifier: ServiceTokenVerifier, allowed_callers: AllowedCallers) -> None:
        self.app = app
        self.verifier = verifier
        self.allowed_callers = allowed_callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            try:
                await self._admit(scope)
            except ServiceError as refusal:
                await problems.response(refusal, scope["path"])(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        method = scope["method"]
        path = scope["path"]
        if (method, path) in self.allowed_callers.by_secret:
            return
        caller = await self._caller(scope)
        tracing.set_attributes(caller=caller)
        admitted = self.allowed_callers.callers(method, path)
        if admitted is None:
            raise NotFound("No contract declares this endpoint. Check method and path.")
        if caller not in admitted:
            log.warning("caller refused", caller=caller, method=method, path=path)
            raise UndeclaredCaller(caller)

    async def _caller(self, scope: Scope) -> str:
        token = header(scope, _HEADER)
        try:
            if not token or len(token) > MAX_TOKEN:
                raise InvalidToken("no token" if not token else "too long")
            return await self.verifier.caller(token)
        except InvalidToken as error:
            log.warning("service token refused", reason=error.reason, method=scope["method"], path=scope["path"])
            raise UnknownCaller from None
