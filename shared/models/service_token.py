"""Service tokens: how a service obtains the token that it shows to another."""

from typing import Literal

from pydantic import Field

from shared.models.base import Entity, Request, Text


class ServiceTokenRequest(Request):
    """`POST /internal/service-tokens`, as a form; client id and secret are sent by HTTP Basic (RFC 6749, section 4.4.2)."""

    grant_type: Literal["client_credentials"]
    audience: Text = Field(min_length=1, max_length=64)


class ServiceToken(Entity):
    """The answer (RFC 6749, section 5.1); `expires_in` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int
