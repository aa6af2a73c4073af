"""Flags for whoever asks, changes by administrators, and features that are not there while they are off."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from feature_registry import is_enabled
from tests.callers import ANN, BOB
from tests.conftest import Peers
from tests.peers.rows import now

from shared.feature_flags.registry import UnknownFlag
from shared.models.feature_flag import FeatureFlag

Headers = Callable[..., dict[str, str]]
Json = dict[str, Any]
PATH = "/api/feature-flags"
ONE = f"{PATH}/announcements"
REPORT = "/api/feature-flag-report"
OFF: Json = {
    "enabled": False,
    "percentage": 100,
    "rules": [],
    "owner": "team-tools",
    "expires_on": "2027-05-31",
    "reason": "Mails went out twice.",
}


@pytest.fixture
def boss(as_user: Headers) -> dict[str, str]:
    return as_user(ANN, "admin")


def holds(peers: Peers, **changes: Any) -> None:
    """From now on this process knows a newer version of the flag `announcements`."""
    known = peers.flags.get("announcements")
    assert known
    peers.flags.note([FeatureFlag.model_validate(known.model_dump() | changes | {"version": known.version + 1})])


async def state(api: httpx.AsyncClient, headers: dict[str, str] | None = None) -> bool:
    answer = await api.get(PATH, headers=headers or {})
    assert answer.status_code == 200
    return {item["name"]: item["enabled"] for item in answer.json()["items"]}["announcements"]


async def test_a_contracts_default_holds_until_somebody_changes_it(
    api: httpx.AsyncClient, boss: dict[str, str]
) -> None:
    assert await state(api)
    flag = (await api.get(ONE, headers=boss)).json()
    assert (flag["version"], flag["enabled"], flag["owner"], flag["changed_by"]) == (0, True, "team-tools", None)


async def test_a_change_is_stored_announced_and_audited(
    api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]
) -> None:
    answer = await api.put(ONE, json=OFF, headers=boss | {"If-Match": '"0"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    changed = answer.json()
    assert {name: value for name, value in changed.items() if name != "changed_at"} == OFF | {
        "name": "announcements",
        "version": 1,
        "changed_by": ANN,
    }
    assert not await state(api, boss)
    ((flag, event),) = peers.flag_publisher.announced
    assert flag.model_dump(mode="json") == changed
    assert (event.type, event.aggregate_id, event.user_id) == ("feature_flag.changed", "announcements", ANN)
    assert (event.id, event.data["flag"]["reason"]) == (peers.cassandra.flags["announcements"][0]["id"], OFF["reason"])


async def test_of_two_administrators_the_second_learns_what_holds(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    await api.put(ONE, json=OFF, headers=boss | {"If-Match": '"0"'})
    refused = await api.put(ONE, json=OFF | {"reason": "Me too."}, headers=boss | {"If-Match": '"0"'})
    assert refused.status_code == 412
    assert (refused.json()["current"]["version"], refused.json()["current"]["reason"]) == (1, OFF["reason"])
    latest = await api.put(ONE, json=OFF | {"enabled": True}, headers=boss)
    assert (latest.status_code, latest.json()["version"]) == (200, 2)


async def test_history_says_who_and_why(api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]) -> None:
    peers.postgres.user_rows[ANN] = {"id": ANN, "email": "ann@example.com", "created_at": now()}
    await api.put(ONE, json=OFF, headers=boss)
    await api.put(ONE, json=OFF | {"enabled": True, "reason": "Mended."}, headers=boss)
    found = (await api.get(f"{ONE}/history", headers=boss)).json()
    assert [(flag["version"], flag["reason"]) for flag in found["items"]] == [(2, "Mended."), (1, OFF["reason"])]
    assert found["people"] == {ANN: "ann@example.com"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"percentage": 101}, "percentage"),
        ({"percentage": -1}, "percentage"),
        ({"reason": None}, "reason"),
        ({"reason": " "}, "reason"),
        ({"owner": "Team Tools"}, "owner"),
        ({"expires_on": "2027-02-30"}, "expires_on"),
        ({"rules": [{"attribute": "city", "values": ["Bern"]}]}, "rules.0.attribute"),
        ({"rules": [{"attribute": "role", "values": ["king"]}]}, "rules.0.values.0"),
        ({"rules": [{"attribute": "plan", "values": ["free", "gold"]}]}, "rules.0.values.1"),
        ({"rules": [{"attribute": "user", "values": ["ann"]}]}, "rules.0.values.0"),
        ({"rules": [{"attribute": "plan", "values": list[str]()}]}, "rules.0.values"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_a_wrong_field_is_refused_and_nothing_changes(
    api: httpx.AsyncClient, peers: Peers, boss: dict[str, str], change: Json, field: str
) -> None:
    refused = await api.put(ONE, json=OFF | change, headers=boss)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert peers.cassandra.flags == {}
    assert await state(api)


async def test_a_reason_is_required(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    refused = await api.put(ONE, json={name: OFF[name] for name in OFF if name != "reason"}, headers=boss)
    assert [error["field"] for error in refused.json()["errors"]] == ["reason"]


@pytest.mark.parametrize("name", ["nonsense", "X", "announcements%00", "a" * 500])
async def test_a_flag_that_no_contract_declares_is_not_found(
    api: httpx.AsyncClient, peers: Peers, boss: dict[str, str], name: str
) -> None:
    for answer in (
        await api.get(f"{PATH}/{name}", headers=boss),
        await api.put(f"{PATH}/{name}", json=OFF, headers=boss),
        await api.get(f"{PATH}/{name}/history", headers=boss),
    ):
        assert answer.status_code == 404
    assert peers.cassandra.flags == {}


async def test_administrators_alone_look_and_change(api: httpx.AsyncClient, as_user: Headers) -> None:
    for role in ("user", "support", "billing-admin"):
        headers = as_user(ANN, role)
        for path in (ONE, f"{ONE}/history", REPORT):
            assert (await api.get(path, headers=headers)).status_code == 403
        assert (await api.put(ONE, json=OFF, headers=headers)).status_code == 403


async def test_stale_flags_come_first(api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    found = (await api.get(REPORT, headers=boss)).json()["items"]
    assert {flag["name"]: flag["stale"] for flag in found} == {"announcements": None, "sessions": None}
    await api.put(f"{PATH}/sessions", json=OFF | {"expires_on": str(yesterday)}, headers=boss)
    first = (await api.get(REPORT, headers=boss)).json()["items"][0]
    assert (first["name"], first["stale"], first["feature"], first["default"]) == (
        "sessions",
        "expired",
        "sessions",
        True,
    )
    row = peers.cassandra.flags["sessions"][0]
    row |= {"version": 2, "enabled": True, "expires_on": "2099-01-01", "changed_at": "2026-01-01T00:00:00Z"}
    assert (await api.get(REPORT, headers=boss)).json()["items"][0]["stale"] == "complete"


async def test_without_the_store_flags_hold_and_cannot_be_changed(
    api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]
) -> None:
    holds(peers, enabled=False)
    peers.cassandra.down = True
    assert not await state(api)
    for answer in (await api.get(ONE, headers=boss), await api.put(ONE, json=OFF, headers=boss)):
        assert (answer.status_code, answer.json()["dependency"]) == (503, "back-cassandra")


async def test_a_feature_that_is_off_is_not_there(api: httpx.AsyncClient, peers: Peers, boss: dict[str, str]) -> None:
    unknown = (await api.get("/api/nothing", headers=boss)).json()
    assert (await api.get("/api/announcements", headers=boss)).status_code == 200
    holds(peers, enabled=False)
    for headers in (boss, {}, {"Authorization": "Bearer nonsense"}):
        gone = await api.get("/api/announcements", headers=headers)
        assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")
        assert gone.json()["detail"] == unknown["detail"]
    assert (await api.post("/api/announcements/audience", json={"audience": {}}, headers=boss)).status_code == 404
    holds(peers, enabled=True)
    assert (await api.get("/api/announcements", headers=boss)).status_code == 200


async def test_a_feature_for_some_asks_who_calls(api: httpx.AsyncClient, peers: Peers, as_user: Headers) -> None:
    holds(peers, enabled=True, percentage=0, rules=[{"attribute": "user", "values": [ANN]}])
    assert (await api.get("/api/announcements", headers=as_user(ANN, "admin"))).status_code == 200
    assert (await api.get("/api/announcements", headers=as_user(BOB, "admin"))).status_code == 404
    assert (await api.get("/api/announcements")).status_code == 404
    assert (await api.get("/api/announcements", headers={"Authorization": "Bearer nonsense"})).status_code == 401


async def test_a_plan_is_asked_for_once_where_it_decides(
    api: httpx.AsyncClient, peers: Peers, as_user: Headers
) -> None:
    headers = as_user(ANN)
    for _ in range(2):
        assert await state(api, headers)
    assert peers.postgres.calls == []
    holds(peers, percentage=0, rules=[{"attribute": "plan", "values": ["free"]}])
    for _ in range(2):
        assert await state(api, headers)
    assert peers.postgres.calls == [f"GET /internal/subscriptions/{ANN}"]
    peers.postgres.down = True
    assert await state(api, headers)
    assert not await state(api, as_user(BOB))


async def test_a_refused_token_is_refused(api: httpx.AsyncClient) -> None:
    assert (await api.get(PATH, headers={"Authorization": "Bearer nonsense"})).status_code == 401


async def test_a_mistyped_flag_is_a_mistake_of_ours(api: httpx.AsyncClient) -> None:
    with pytest.raises(UnknownFlag, match="anouncements"):
        await is_enabled("anouncements")


async def test_what_a_field_takes_is_said_in_words(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    refused = await api.put(ONE, json=OFF | {"owner": "Team Tools"}, headers=boss)
    assert refused.json()["errors"][0]["message"].startswith("Owner must consist of lower-case letters")
