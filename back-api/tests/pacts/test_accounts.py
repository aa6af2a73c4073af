"""What back-api asks of back-auth: an account for a registration, its own service tokens, and the keys of all tokens."""

import importlib
from typing import Any

import pytest
from pact import match
from pydantic import SecretStr

from shared.chassis.client import ServiceClient
from shared.chassis.identity import fetch_keys
from shared.chassis.service_tokens import client_credentials
from shared.models.service_token import ServiceToken
from shared.models.user import Registration, RegistrationAccepted
from shared.utils.errors import Unauthenticated
from tests.pacts.consumer import FORM, Answer, Ask, Interaction, ok, refusal

pytestmark = pytest.mark.pact
Accounts: Any = importlib.import_module("features.user-registration.infrastructure").BackAuthAccounts
ADDRESS = "ann@example.com"
PASSWORD = "correct horse battery staple"
CLIENT = "203.0.113.9"
REGISTRATION = Registration(email=ADDRESS, password=SecretStr(PASSWORD), name="Ann")
ACCEPTED = RegistrationAccepted(email=ADDRESS)
TOKEN = ServiceToken(access_token="token", expires_in=300)
ASK_TOKEN = Ask(
    "POST",
    "/internal/service-tokens",
    headers={"Authorization": "Basic {credentials}"},
    content=b"grant_type=client_credentials&audience=back-postgres",
    content_type=FORM,
)
KEY = {"kty": "RSA", "kid": "2026", "alg": "RS256", "use": "sig", "n": "AQAB", "e": "AQAB"}
KEYS = Answer(200, {"keys": match.each_like({name: match.like(value) for name, value in KEY.items()})})


async def _token(client: ServiceClient) -> ServiceToken:
    return await client_credentials("back-api", "secret", client)("back-postgres")


INTERACTIONS = [
    Interaction(
        "opening an account",
        "nothing",
        Ask(
            "POST",
            "/internal/accounts",
            headers={"X-Forwarded-For": CLIENT},
            json={"email": ADDRESS, "password": PASSWORD, "name": "Ann"},
        ),
        ok(ACCEPTED, 202),
        lambda c: Accounts(c, CLIENT).register(REGISTRATION),
        ACCEPTED,
    ),
    Interaction("a service token", "the service back-api", ASK_TOKEN, ok(TOKEN), _token, TOKEN),
    Interaction("no service token", "nothing", ASK_TOKEN, refusal(401), _token, Unauthenticated),
    Interaction("the keys", "nothing", Ask("GET", "/.well-known/jwks.json"), KEYS, fetch_keys, {"keys": [KEY]}),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_back_auth_gives_what_back_api_needs(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-auth")
