"""`POST /api/auth/login`, `/refresh`, `/logout`, and `GET /.well-known/jwks.json`."""

from typing import Any

from fastapi import APIRouter, Request, Response

from dependencies import resources_of
from shared.chassis.openapi import problems
from shared.chassis.responses import FeatureRoute
from shared.models.session import KeySet, Login, RefreshRequest, TokenPair

from .dependencies import DEVICE_HEADER, CallingDevice, LoginDevice, Logins, Renewals

JWKS_SECONDS = 300
DEVICE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {DEVICE_HEADER: {"description": "For the next login on this device.", "schema": {"type": "string"}}}
    }
}
router = APIRouter(route_class=FeatureRoute)


@router.post("/api/auth/login", responses={**problems(401, 429, 503), **DEVICE_ANSWER}, summary="Log in")
async def login(body: Login, device: LoginDevice, domain: Logins, response: Response) -> TokenPair:
    """Sent back in the request header `X-Device-Token`, the answer's makes this device one that the owner has used before:
    wrong passwords from elsewhere do not lock it out.
    """
    logged_in = await domain.login(body, device)
    response.headers["Cache-Control"] = "no-store"
    response.headers[DEVICE_HEADER] = logged_in.device_token
    return logged_in.tokens


@router.post("/api/auth/refresh", responses=problems(401, 429, 503), summary="Exchange a refresh token for new tokens")
async def refresh(body: RefreshRequest, device: CallingDevice, domain: Renewals, response: Response) -> TokenPair:
    response.headers["Cache-Control"] = "no-store"
    return await domain.refresh(body.refresh_token, device)


@router.post("/api/auth/logout", status_code=204, responses=problems(503), summary="End the session")
async def logout(body: RefreshRequest, domain: Renewals) -> None:
    await domain.logout(body.refresh_token)


@router.get("/.well-known/jwks.json", summary="The keys that access tokens are verified with")
async def key_set(request: Request, response: Response) -> KeySet:
    response.headers["Cache-Control"] = f"public, max-age={JWKS_SECONDS}"
    return KeySet.model_validate(await resources_of(request).keys.published())
