"""`POST /internal/service-tokens`, called by every service that calls another."""

import base64
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from shared.chassis.openapi import problems
from shared.chassis.responses import FeatureRoute
from shared.models.service_token import ServiceToken, ServiceTokenRequest
from shared.utils.errors import BadRequest

from .dependencies import Domain
from .domain import UnknownClient

FORM = "application/x-www-form-urlencoded"
MAX_FORM = 2048
_FORM_SCHEMA = ServiceTokenRequest.model_json_schema()
_DOCUMENT: dict[str, Any] = {"requestBody": {"required": True, "content": {FORM: {"schema": _FORM_SCHEMA}}}}
router = APIRouter(route_class=FeatureRoute, responses=problems(400, 401, 403, 413, 429))


@router.post("/internal/service-tokens", openapi_extra=_DOCUMENT, summary="Get a token for calling another service")
async def issue(request: Request, response: Response, domain: Domain) -> ServiceToken:
    name, secret = _client(request.headers.get("authorization", ""))
    form = _form(await request.body())
    response.headers["Cache-Control"] = "no-store"
    address = request.client.host if request.client else ""
    return domain.issue(name, secret, callee=form.audience, address=address)


def _client(authorization: str) -> tuple[str, str]:
    """Id and secret by HTTP Basic (RFC 7617)."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        name, colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:  # not ASCII, not Base64, or not UTF-8 in it
        name = colon = secret = ""
    if scheme.lower() != "basic" or not colon:
        raise UnknownClient("Send the service's name and secret by HTTP Basic.")
    return name, secret


def _form(body: bytes) -> ServiceTokenRequest:
    """Each parameter at most once (RFC 6749, section 3.2)."""
    problem = f"Send grant_type=client_credentials and one audience as {FORM}."
    if len(body) > MAX_FORM:
        raise BadRequest(problem)
    try:
        given = parse_qs(body.decode(), keep_blank_values=True, strict_parsing=True)
        return ServiceTokenRequest.model_validate(
            {name: values[0] if len(values) == 1 else values for name, values in given.items()}
        )
    except (ValueError, ValidationError):
        raise BadRequest(problem) from None
