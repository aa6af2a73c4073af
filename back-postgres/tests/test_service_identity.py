"""Who is no declared caller gets nothing from this service, on the hand-written fast path too; the reason is only in the log."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from settings import Settings
from shared.contracts.loader import load
from shared.security import constants
from shared.security.jwt import public_jwk
from shared.utils.ids import new_id
from stack.native.servers import Place
from stack.secrets import Store, make_all
from tests.client import Api
from tests.conftest import serving, settings_for
from tests.service_callers import Signing
from tests.violations.attempt import tokens
from tests.violations.callee import FOREIGN, Signers, made

pytestmark = pytest.mark.integration
HOT = f"/profiles/{new_id()}"
COLD = f"/tasks/{new_id()}"
HEADER = constants.SERVICE_TOKEN_HEADER


def bad_tokens(signing: Signing) -> dict[str, str]:
    """By what is wrong with them, as tests/violations/attempts describes it."""
    signers = Signers(signing, retired=Signing(FOREIGN, "retired"))
    specs = {each.breaks: each.token for group in tokens() if group.status == 401 for each in group.attempts}
    return {breaks: made(spec, signers, "back-postgres") for breaks, spec in specs.items() if spec.header == HEADER}


@pytest.fixture
def signing(settings: Settings) -> Signing:
    return Signing.from_secrets(settings.secrets_dir.parent)


async def ask(api: Api, path: str, token: str) -> tuple[int, str]:
    """Status and problem type."""
    answer = await api.call("GET", path, headers={constants.SERVICE_TOKEN_HEADER: token})
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


@pytest.mark.parametrize("path", [HOT, COLD])
async def test_every_bad_token_is_refused_alike(api: Api, signing: Signing, path: str) -> None:
    assert await ask(api, path, signing.token("back-api", "back-postgres")) == (404, "not-found")
    answers: set[str] = set()
    assert len(bad_tokens(signing)) > 10
    for name, token in bad_tokens(signing).items():
        answer = await api.call("GET", path, headers={constants.SERVICE_TOKEN_HEADER: token})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "ServiceToken"), name
        answers.add(answer.json()["detail"])
    assert len(answers) == 1, "the answer would reveal why"


async def test_the_reason_is_in_the_log(api: Api, signing: Signing, capsys: pytest.CaptureFixture[str]) -> None:
    await ask(api, HOT, signing.token("back-api", "back-cassandra"))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    (refused,) = [line for line in lines if line["event"] == "service token refused"]
    assert (refused["reason"], refused["path"]) == ("InvalidAudienceError", f"/internal{HOT}")


async def test_an_authorization_header_is_no_service_token(api: Api, signing: Signing) -> None:
    headers = {"Authorization": f"Bearer {signing.token('back-api', 'back-postgres')}"}
    assert (await api.call("GET", HOT, headers=headers | {constants.SERVICE_TOKEN_HEADER: ""})).status_code == 401


@pytest.mark.parametrize(
    "caller", ["back-auth", "back-workers", "back-websockets", "back-postgres", "front-public", ""]
)
async def test_who_is_not_a_declared_caller_of_this_endpoint_is_refused(
    api: Api, signing: Signing, caller: str
) -> None:
    token = signing.token(caller, "back-postgres")
    assert await ask(api, HOT, token) == (403, "service-not-admitted")


async def test_each_endpoint_admits_exactly_its_callers(api: Api, signing: Signing) -> None:
    known, _ = load()
    endpoints = [each for _, contract in known for each in contract.endpoints if each.service == "back-postgres"]
    assert len(endpoints) > 20
    for each in endpoints:
        path = each.path.partition("/internal")[2].replace("{", "").replace("}", "")
        for caller in ("back-api", "back-auth", "back-workers", "back-websockets"):
            headers = signing.headers(caller, "back-postgres")
            if each.path != "/internal/outbox/wait":  # answers when there is an event
                answer = await api.call(each.method, path, headers=headers)
                assert (answer.status_code != 403) == (caller in each.callers), (each.key, caller)


async def test_a_remembered_token_ends_with_its_time(
    api: Api, signing: Signing, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = signing.token("back-api", "back-postgres")
    wall = time.time
    assert (await ask(api, HOT, token))[0] == 404
    monkeypatch.setattr("time.time", lambda: wall() + constants.SERVICE_TOKEN_EXPIRATION + 1)
    assert (await ask(api, HOT, token))[0] == 401


async def test_a_new_key_is_believed_and_a_retired_one_is_not(migrated: Place, tmp_path: Path) -> None:
    place = replace(migrated, secrets=tmp_path / "secrets")
    store = Store(place.secrets)
    make_all(store, development=True)
    for name in ("postgres_app_password", "postgres_migrations_password"):
        store.put("back-postgres", name, migrated.secret(f"back-postgres/{name}"))
    old = Signing.from_secrets(place.secrets)
    async with serving(settings_for(place)) as api:
        assert (await ask(api, HOT, old.token("back-api", "back-postgres")))[0] == 404
        make_all(store, development=True, another_signing_key=True)
        for signing in (old, Signing.from_secrets(place.secrets)):
            assert (await ask(api, HOT, signing.token("back-api", "back-postgres")))[0] == 404
        (place.secrets / "back-auth" / "jwt_keys" / f"{old.key_id}.pem").unlink()
        make_all(store, development=True)
        assert (await ask(api, HOT, old.token("back-api", "back-postgres")))[0] == 401
        assert (await ask(api, HOT, Signing.from_secrets(place.secrets).token("back-api", "back-postgres")))[0] == 404


def test_a_service_starts_with_the_public_halves_only(settings: Settings) -> None:
    keys = json.loads((settings.secrets_dir / "token_keys.json").read_text())["keys"]
    signing = Signing.from_secrets(settings.secrets_dir.parent)
    assert keys == [public_jwk(signing.key.public_key(), signing.key_id)]
