import asyncio
from collections import Counter
from typing import Any

import httpx
import jwt
import pytest

from services.password_hashing import PasswordHashing, argon2id
from shared.chassis.lines import LINES
from tests.conftest import CHEAP_HASH, PASSWORD, Peers
from tests.waiting import PROMPT_SECONDS, until

LOGIN = {"email": "ann@example.com", "password": PASSWORD}


async def login(api: httpx.AsyncClient, **headers: str) -> dict[str, Any]:
    answer = await api.post("/api/auth/login", json=LOGIN, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refresh(api: httpx.AsyncClient, token: str) -> httpx.Response:
    return await api.post("/api/auth/refresh", json={"refresh_token": token})


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def test_login_gives_tokens_that_the_key_set_verifies(api: httpx.AsyncClient, peers: Peers) -> None:
    answer = await api.post("/api/auth/login", json=LOGIN)
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
    keys = await api.get("/.well-known/jwks.json")
    assert keys.headers["cache-control"] == "public, max-age=300"
    key = jwt.PyJWKSet.from_dict(keys.json())[jwt.get_unverified_header(tokens["access_token"])["kid"]]
    claims = jwt.decode(tokens["access_token"], key, algorithms=["RS256"], audience="tools-dashboard")
    assert (claims["sub"], claims["role"], claims["exp"] - claims["iat"]) == (peers.user_id, "user", 900)
    assert "d" not in keys.json()["keys"][0]


async def test_address_is_found_whatever_its_case(api: httpx.AsyncClient) -> None:
    answer = await api.post("/api/auth/login", json={**LOGIN, "email": "Ann@Example.COM"})
    assert answer.status_code == 200


async def test_unknown_and_wrong_get_the_same_answer(api: httpx.AsyncClient) -> None:
    wrong = await api.post("/api/auth/login", json={**LOGIN, "password": "wrong"})
    unknown = await api.post("/api/auth/login", json={**LOGIN, "email": "nobody@example.com"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.headers["www-authenticate"] == "Bearer"
    for answer in (wrong, unknown):
        answer.headers.pop("x-correlation-id")
    differing = {"correlation_id"}
    assert {k: v for k, v in wrong.json().items() if k not in differing} == {
        k: v for k, v in unknown.json().items() if k not in differing
    }
    assert wrong.headers == unknown.headers


async def test_role_decides_the_permissions(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.postgres.add("boss@example.com", CHEAP_HASH, role="admin")
    answer = await api.post("/api/auth/login", json={**LOGIN, "email": "boss@example.com"})
    claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
    assert "billing:run" in claims["permissions"]


async def test_suspended_account_is_named_so_only_with_the_right_password(api: httpx.AsyncClient, peers: Peers) -> None:
    tokens = await login(api)
    peers.postgres.users[peers.user_id]["status"] = "suspended"
    right = await api.post("/api/auth/login", json=LOGIN)
    wrong = await api.post("/api/auth/login", json={**LOGIN, "password": "wrong"})
    assert (right.status_code, wrong.status_code) == (401, 401)
    assert "suspended" in right.json()["detail"]
    assert "suspended" not in wrong.json()["detail"]
    assert (await refresh(api, tokens["refresh_token"])).status_code == 401
    await until_refused(api, tokens)


async def until_refused(api: httpx.AsyncClient, tokens: dict[str, Any]) -> None:
    async def refused() -> bool:
        return (await api.get("/api/auth/sessions", headers=bearer(tokens))).status_code == 401

    await until(refused, "the access token is refused", seconds=PROMPT_SECONDS)


async def test_refresh_gives_new_tokens_and_ends_with_reuse(peers: Peers, monkeypatch: pytest.MonkeyPatch) -> None:
    async with peers.api() as api:
        first = await login(api)
        second = (await refresh(api, first["refresh_token"])).json()
        assert second["refresh_token"] != first["refresh_token"]
        monkeypatch.setattr("back_redis.sessions.REFRESH_GRACE", -1)
        reused = await refresh(api, first["refresh_token"])
        assert reused.status_code == 401
        assert (await refresh(api, second["refresh_token"])).status_code == 401
        await until_refused(api, second)
    [published] = peers.events("session")
    assert (published["type"], published["data"]["reason"], published["user_id"]) == (
        "session.revoked",
        "token_reused",
        peers.user_id,
    )


async def test_two_tabs_refresh_at_the_same_moment_and_both_go_on(api: httpx.AsyncClient) -> None:
    tokens = await login(api)
    pairs = [a.json() for a in await asyncio.gather(*(refresh(api, tokens["refresh_token"]) for _ in range(2)))]
    for pair in pairs:
        assert (await api.get("/api/auth/sessions", headers=bearer(pair))).status_code == 200
        assert (await refresh(api, pair["refresh_token"])).status_code == 200


async def test_refresh_takes_over_a_changed_role(api: httpx.AsyncClient, peers: Peers) -> None:
    tokens = await login(api)
    peers.postgres.users[peers.user_id]["role"] = "support"
    renewed = (await refresh(api, tokens["refresh_token"])).json()
    claims = jwt.decode(renewed["access_token"], options={"verify_signature": False})
    assert (claims["role"], claims["permissions"]) == (
        "support",
        ["events:read", "figures:read", "traces:read", "users:read"],
    )


async def test_sessions_go_on_without_back_postgres(api: httpx.AsyncClient, peers: Peers) -> None:
    tokens = await login(api)
    peers.postgres.down = True
    assert (await refresh(api, tokens["refresh_token"])).status_code == 200


async def test_logout_ends_the_session_within_a_second(api: httpx.AsyncClient) -> None:
    tokens = await login(api)
    other = await login(api)
    for _ in range(2):
        answer = await api.post("/api/auth/logout", json={"refresh_token": tokens["refresh_token"]})
        assert (answer.status_code, answer.content) == (204, b"")
    await until_refused(api, tokens)
    assert (await refresh(api, tokens["refresh_token"])).status_code == 401
    assert (await refresh(api, other["refresh_token"])).status_code == 200


async def test_ten_failures_lock_the_account_and_only_failures_count(peers: Peers) -> None:
    wrong = {**LOGIN, "password": "wrong"}
    async with peers.api() as api:  # whose end waits for what is still to be recorded
        for _ in range(15):
            await login(api)
        assert [(await api.post("/api/auth/login", json=wrong)).status_code for _ in range(11)] == [401] * 10 + [429]
        locked = await api.post("/api/auth/login", json=LOGIN)
    assert locked.status_code == 429
    assert 800 < int(locked.headers["retry-after"]) <= 900
    outcomes = [event["data"]["outcome"] for event in peers.events("login")][15:]
    assert outcomes == ["failed"] * 9 + ["locked"]


async def test_success_forgets_the_failures_of_the_account(api: httpx.AsyncClient) -> None:
    for _ in range(3):
        for _ in range(8):
            await api.post("/api/auth/login", json={**LOGIN, "password": "wrong"})
        await login(api)


async def test_burst_of_guesses_does_not_get_past_the_limit(peers: Peers) -> None:
    peers.hashing = PasswordHashing(workers=2, queue=100)
    guesses = [{**LOGIN, "password": f"guess {n}"} for n in range(40)]
    async with peers.api() as api:
        answers = await asyncio.gather(*(api.post("/api/auth/login", json=guess) for guess in guesses))
        assert (await api.post("/api/auth/login", json=LOGIN)).status_code == 429
    assert Counter(answer.status_code for answer in answers) == {401: 10, 429: 30}


async def test_unknown_accounts_lock_as_well(api: httpx.AsyncClient) -> None:
    nobody = {**LOGIN, "email": "nobody@example.com"}
    assert [(await api.post("/api/auth/login", json=nobody)).status_code for _ in range(11)] == [401] * 10 + [429]


async def test_address_is_limited_over_all_accounts_and_others_are_not(peers: Peers) -> None:
    settings = peers.settings.model_copy(update={"address_failures": 5})
    async with peers.api(settings) as api:
        for n in range(5):
            body = {"email": f"n{n}@example.com", "password": "x"}
            assert (
                await api.post("/api/auth/login", json=body, headers={"X-Forwarded-For": "203.0.113.5"})
            ).status_code == 401
        refused = await api.post("/api/auth/login", json=LOGIN, headers={"X-Forwarded-For": "203.0.113.5"})
        assert refused.status_code == 429
        await login(api, **{"X-Forwarded-For": "203.0.113.6"})


async def test_attempts_are_recorded_with_address_and_browser(peers: Peers) -> None:
    headers = {"X-Forwarded-For": "203.0.113.5", "User-Agent": "Firefox" + "x" * 500, "X-Correlation-ID": "abcdefgh-1"}
    async with peers.api() as api:
        tokens = await login(api, **headers)
        await api.post("/api/auth/login", json={**LOGIN, "password": "wrong"})
        await api.post("/api/auth/login", json={**LOGIN, "email": "nobody@example.com"})
    good, bad = peers.events("login")
    assert (good["type"], good["user_id"], good["correlation_id"]) == ("login.recorded", peers.user_id, "abcdefgh-1")
    assert (good["data"]["outcome"], good["data"]["ip"], len(good["data"]["user_agent"])) == (
        "succeeded",
        "203.0.113.5",
        256,
    )
    assert good["data"]["session_id"] == jwt.decode(tokens["access_token"], options={"verify_signature": False})["sid"]
    assert bad["data"]["outcome"] == "failed"


async def test_hash_with_old_parameters_is_made_anew(api: httpx.AsyncClient, peers: Peers) -> None:
    old = argon2id(memory_kib=16, passes=1).hash(PASSWORD)
    peers.postgres.hashes[peers.user_id] = old
    await login(api)
    assert "m=8," in peers.postgres.hashes[peers.user_id]
    await login(api)


async def test_without_back_postgres_login_says_when_to_come_back(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.postgres.down = True
    answer = await api.post("/api/auth/login", json=LOGIN)
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-postgres")
    assert int(answer.headers["retry-after"]) > 0


async def test_without_redis_everything_says_when_to_come_back_and_keys_are_there(peers: Peers) -> None:
    async with peers.api(peers.settings.model_copy(update={"redis_port": 1})) as api:
        for path, body in (
            ("/api/auth/login", LOGIN),
            ("/api/auth/refresh", {"refresh_token": "a.b"}),
            ("/api/auth/logout", {"refresh_token": "a.b"}),
            ("/internal/accounts", {"email": "new@example.com", "password": PASSWORD}),
        ):
            answer = await api.post(path, json=body)
            assert (answer.status_code, answer.json()["dependency"]) == (503, "back-redis")
            assert int(answer.headers["retry-after"]) > 0
        assert (await api.get("/.well-known/jwks.json")).status_code == 200
        ready = await api.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert peers.postgres.calls == ["GET /health"]


async def test_nothing_secret_is_logged(api: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = await login(api)
    await refresh(api, tokens["refresh_token"])
    await api.post("/api/auth/login", json={**LOGIN, "password": "another secret"})
    await api.post("/api/auth/login", json={"email": 1, "password": ["yet another secret"]})
    LINES.flush()
    logged = capsys.readouterr().out
    assert '"path":"/api/auth/login"' in logged
    for secret in (PASSWORD, "another secret", tokens["access_token"], tokens["refresh_token"], "ann@example.com"):
        assert secret not in logged


async def test_the_token_of_a_refresh_is_no_text_that_somebody_made_up(peers: Peers) -> None:
    async with peers.api() as api:
        tokens = await login(api)
        session_id = tokens["refresh_token"].partition(".")[0]
        guesses = [f"{session_id}.{guess}" for guess in ("x", "1.x", "1." + "A" * 43, "2." + "A" * 43) * 20]
        answers = [await refresh(api, guess) for guess in guesses]
        assert {answer.status_code for answer in answers} == {401}
        for guess in guesses[:4]:
            assert (await api.post("/api/auth/logout", json={"refresh_token": guess})).status_code == 204
        assert (await refresh(api, tokens["refresh_token"])).status_code == 200
    assert peers.events("session") == []


async def test_many_refreshes_at_once_get_the_same_successor(api: httpx.AsyncClient) -> None:
    tokens = await login(api)
    answers = await asyncio.gather(*(refresh(api, tokens["refresh_token"]) for _ in range(24)))
    assert Counter(answer.status_code for answer in answers) == {200: 24}
    [successor] = {answer.json()["refresh_token"] for answer in answers}
    assert (await refresh(api, successor)).status_code == 200


async def test_sessions_of_an_account_are_bounded_and_the_oldest_ends(peers: Peers) -> None:
    async with peers.api(peers.settings.model_copy(update={"sessions_per_user": 3})) as api:
        all_tokens = [await login(api) for _ in range(5)]
        await until_refused(api, all_tokens[0])
        await until_refused(api, all_tokens[1])
        listed = await api.get("/api/auth/sessions", headers=bearer(all_tokens[-1]))
        assert len(listed.json()["items"]) == 3
        statuses = [(await refresh(api, tokens["refresh_token"])).status_code for tokens in all_tokens]
    assert statuses == [401, 401, 200, 200, 200]


@pytest.mark.parametrize("known", [False, True])
async def test_logins_of_an_account_count_as_well(known: bool, peers: Peers) -> None:
    async with peers.api(peers.settings.model_copy(update={"logins": 3})) as api:
        headers = {"X-Device-Token": await known_device(api)} if known else {}
        answers = await asyncio.gather(*(api.post("/api/auth/login", json=LOGIN, headers=headers) for _ in range(8)))
        allowed = 2 if known else 3
        assert Counter(answer.status_code for answer in answers) == {200: allowed, 429: 8 - allowed}
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.json()["detail"] == "Too many logins to this account. Try again in 15 minutes."
        assert (await api.post("/api/auth/login", json={**LOGIN, "password": "wrong"})).status_code == 401


async def known_device(api: httpx.AsyncClient) -> str:
    """The token of a device on which Ann has logged in."""
    return (await api.post("/api/auth/login", json=LOGIN)).headers["x-device-token"]


async def guess(api: httpx.AsyncClient, n: int = 1, **headers: str) -> list[int]:
    wrong = {**LOGIN, "password": "wrong"}
    answers = await asyncio.gather(*(api.post("/api/auth/login", json=wrong, headers=headers) for _ in range(n)))
    return sorted(answer.status_code for answer in answers)


async def test_guesses_from_elsewhere_do_not_lock_out_a_known_device(peers: Peers) -> None:
    async with peers.api() as api:
        token = await known_device(api)
        assert await guess(api, 15) == [401] * 10 + [429] * 5
        locked = await api.post("/api/auth/login", json=LOGIN)
        assert locked.status_code == 429
        detail = "Too many attempts. Try again in 15 minutes, or from a device you have used before."
        assert locked.json()["detail"] == detail
        answer = await api.post("/api/auth/login", json=LOGIN, headers={"X-Device-Token": token})
        assert answer.status_code == 200
        assert (await api.post("/api/auth/login", json=LOGIN)).status_code == 429
        again = {"X-Device-Token": answer.headers["x-device-token"]}
        assert (await api.post("/api/auth/login", json=LOGIN, headers=again)).status_code == 200


async def test_known_device_has_a_budget_of_its_own(peers: Peers) -> None:
    async with peers.api() as api:
        token = await known_device(api)
        assert await guess(api, 25, **{"X-Device-Token": token}) == [401] * 20 + [429] * 5  # its own, then everybody's
        assert (await api.post("/api/auth/login", json=LOGIN, headers={"X-Device-Token": token})).status_code == 429


@pytest.mark.parametrize("token", ["x", "a" * 600, "' or 1=1 --", "0" * 32 + ".1." + "0" * 32 + "." + "0" * 64])
async def test_made_up_device_is_not_known(token: str, peers: Peers) -> None:
    async with peers.api() as api:
        assert await guess(api, 15, **{"X-Device-Token": token}) == [401] * 10 + [429] * 5


async def test_device_of_somebody_else_is_not_known(peers: Peers) -> None:
    peers.postgres.add("bob@example.com", CHEAP_HASH)
    async with peers.api() as api:
        bobs = await api.post("/api/auth/login", json={**LOGIN, "email": "bob@example.com"})
        token = bobs.headers["x-device-token"]
        assert await guess(api, 15, **{"X-Device-Token": token}) == [401] * 10 + [429] * 5


async def test_owner_is_notified_of_a_lock_once_and_of_few_a_day(peers: Peers) -> None:
    settings = peers.settings.model_copy(update={"account_failures": 2})
    async with peers.api(settings) as api:
        for _ in range(5):
            await guess(api, 6, **{"X-Forwarded-For": "203.0.113.5"})
            keys: Any = peers.redis.keys("ratelimit:back-auth:account:*")  # pyright: ignore[reportUnknownMemberType]
            peers.redis.delete(*keys)
    published = peers.events("session")
    assert [(event["type"], event["user_id"]) for event in published] == [("session.locked_out", peers.user_id)] * 3
    assert published[0]["data"]["ip"] == "203.0.113.5"


@pytest.mark.parametrize(
    ("addresses", "allowed"),
    [
        ([f"203.0.113.{n}" for n in range(1, 13)], 7),
        ([f"2001:db8:0:1::{n:x}" for n in range(1, 13)], 5),
        ([f"198.51.{n}.1" for n in range(1, 13)], 12),
    ],
    ids=["one /24", "one /64", "many networks"],
)
async def test_failures_of_a_network_count_together(addresses: list[str], allowed: int, peers: Peers) -> None:
    settings = peers.settings.model_copy(update={"address_failures": 5, "network_failures": 7})
    async with peers.api(settings) as api:
        answers = await asyncio.gather(
            *(
                api.post(
                    "/api/auth/login",
                    json={"email": f"n{n}@example.com", "password": "x"},
                    headers={"X-Forwarded-For": address},
                )
                for n, address in enumerate(addresses)
            )
        )
    assert Counter(answer.status_code for answer in answers)[401] == allowed
