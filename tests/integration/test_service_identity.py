"""Nothing that arrives through the gateway can pass for a service; behind it only declared callers are admitted."""

from pathlib import Path

import httpx
import pytest

from shared.utils.ids import new_id
from stack import settings
from tests.integration.conftest import Person
from tests.service_callers import Signing

CALLEES = ["back-api", "back-auth", "back-postgres", "back-cassandra"]
INTERNAL = {
    "back-api": ("POST", "/internal/billing/runs/01989a4e-0000-7000-8000-000000000005/chunks"),
    "back-auth": ("POST", "/internal/accounts"),
    "back-postgres": ("GET", f"/internal/profiles/{new_id()}"),
    "back-cassandra": ("GET", f"/internal/notifications/{new_id()}"),
}
CALLERS = {
    "back-api": "back-workers",
    "back-auth": "back-api",
    "back-postgres": "back-api",
    "back-cassandra": "back-api",
}


@pytest.fixture(scope="session")
def signing(secrets_root: Path) -> Signing:
    """back-auth's own key: what nobody but back-auth has."""
    return Signing.from_secrets(secrets_root)


@pytest.mark.parametrize("callee", CALLEES)
def test_a_service_token_opens_nothing_at_the_gateway(api: httpx.Client, signing: Signing, callee: str) -> None:
    method, path = INTERNAL[callee]
    good = signing.token(CALLERS[callee], callee)
    for headers in ({"X-Service-Token": good}, {"Authorization": f"Bearer {good}"}):
        assert api.request(method, path, headers=headers).status_code == 404, headers
        assert api.get("/api/me", headers=headers).status_code == 401, headers


def test_the_gateway_does_not_lead_to_where_tokens_are_issued(api: httpx.Client, secrets_root: Path) -> None:
    secret = (secrets_root / "back-api" / "service_secret").read_text()
    form = {"grant_type": "client_credentials", "audience": "back-postgres"}
    for path in (
        "/internal/service-tokens",
        "/api/auth/../../internal/service-tokens",
        "/api/auth/%2e%2e/%2e%2e/internal/service-tokens",
    ):
        assert api.post(path, data=form, auth=("back-api", secret)).status_code in (400, 404), path


@pytest.mark.parametrize("callee", CALLEES)
def test_behind_the_gateway_a_user_is_no_service(person: Person, signing: Signing, callee: str) -> None:
    method, path = INTERNAL[callee]
    other = "back-postgres" if callee != "back-postgres" else "back-cassandra"
    address = f"http://127.0.0.1:{settings.load().ports[callee.replace('-', '_').upper()]}"
    with httpx.Client(base_url=address) as service:
        for headers in (
            {},
            person.headers,
            person.headers | {"X-Service-Token": person.token},
            signing.headers(CALLERS[callee], other),
            signing.headers(CALLERS[callee], callee, age=600),
        ):
            refused = service.request(method, path, headers=headers)
            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "ServiceToken"), headers
        assert service.request(method, path, headers=signing.headers("front-public", callee)).status_code == 403
        admitted = service.request(method, path, headers=signing.headers(CALLERS[callee], callee))
        assert admitted.status_code not in (401, 403), admitted.text
