from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.callers import ANN, BOB
from tests.conftest import Peers
from tests.peers.rows import now

from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]
PATH = "/api/audit"
A_DAY = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-02T00:00:00Z"}


@pytest.fixture(autouse=True)
def entry(peers: Peers) -> None:
    made: dict[str, Any] = {"id": "1", "at": now(), "action": "user.registered", "actor": None, "details": {}}
    peers.cassandra.entries = [made | {"subject_type": "user", "subject_id": BOB, "correlation_id": "request-1"}]


@pytest.fixture
def boss(as_user: Headers) -> dict[str, str]:
    return as_user(ANN, "admin")


def asked(peers: Peers) -> tuple[datetime, datetime]:
    return tuple(datetime.fromisoformat(peers.cassandra.asked[name]) for name in ("since", "until"))  # pyright: ignore[reportReturnType]


@pytest.mark.parametrize(("role", "status"), [("user", 403), ("billing-admin", 403), ("support", 403), ("admin", 200)])
async def test_administrators_alone_read_it(api: httpx.AsyncClient, as_user: Headers, role: str, status: int) -> None:
    assert (await api.get(PATH, headers=as_user(ANN, role))).status_code == status


async def test_without_a_period_it_is_the_last_31_days(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers
) -> None:
    found = (await api.get(PATH, headers=boss)).json()
    assert [item["subject_id"] for item in found["items"]] == [BOB]
    since, until = asked(peers)
    assert timedelta() <= until - since - timedelta(days=31) < timedelta(minutes=6)
    assert timedelta() <= until - datetime.now(UTC) < timedelta(minutes=6)
    assert peers.cassandra.asked.keys() == {"since", "until", "limit"}


async def test_filters_are_passed_on(api: httpx.AsyncClient, boss: dict[str, str], peers: Peers) -> None:
    params = {"action": "user.", "actor": BOB.upper(), "subject": "1-0", "limit": 5, "cursor": "abc"}
    assert (await api.get(PATH, params=params | A_DAY, headers=boss)).status_code == 200
    query = peers.cassandra.asked
    assert {name: query[name] for name in ("action", "actor", "subject", "limit", "cursor")} == {
        "action": "user.", "actor": BOB, "subject": "1-0", "limit": "5", "cursor": "abc",
    }  # fmt: skip
    assert asked(peers) == (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC))


async def test_the_end_alone_means_the_31_days_before(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers
) -> None:
    await api.get(PATH, params={"to": "2026-06-01T00:00:00Z"}, headers=boss)
    assert asked(peers) == (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))


async def test_31_days_to_now_may_be_asked_for(api: httpx.AsyncClient, boss: dict[str, str]) -> None:
    since = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    assert (await api.get(PATH, params={"from": since}, headers=boss)).status_code == 200


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"action": "User"}, "action"),
        ({"action": "user.registered' OR"}, "action"),
        ({"actor": "somebody"}, "actor"),
        ({"subject": "x" * 101}, "subject"),
        ({"subject": "a\x00"}, "subject"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-11-02T00:00:00Z", "to": "2026-11-02T00:00:00Z"}, "from"),
        ({"from": "2026-10-01T00:00:00Z", "to": "2026-11-02T00:00:00Z"}, "from"),
        ({"from": "2020-01-01T00:00:00Z"}, "from"),
        ({"from": "9999-01-01T00:00:00Z"}, "from"),
        ({"to": "0001-01-02T00:00:00Z"}, "to"),
        ({"to": "9999-12-31T23:59:59-10:00"}, "to"),
        ({"limit": 101}, "limit"),
    ],
)
async def test_a_filter_that_is_none_is_refused_at_its_field(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers, params: dict[str, Any], field: str
) -> None:
    answer = await api.get(PATH, params=params, headers=boss)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert field in answer.json()["errors"][0]["field"]
    assert peers.cassandra.calls == []


async def test_people_of_a_page_are_named_by_one_call(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers
) -> None:
    gone = new_id()
    for known, name in ((ANN, "ann"), (BOB, "bob")):
        peers.postgres.user_rows[known] = {"id": known, "email": f"{name}@example.com", "created_at": now()}
    entry = peers.cassandra.entries[0]
    invoice = {"actor": None, "subject_type": "invoice", "subject_id": new_id(), "details": {"user_id": ANN}}
    group = {"actor": gone, "subject_type": "consumer_group", "subject_id": "mail"}
    peers.cassandra.entries += [entry | {"actor": BOB}, entry | invoice, entry | group]
    found = (await api.get(PATH, headers=boss)).json()
    assert found["people"] == {ANN: "ann@example.com", BOB: "bob@example.com"}
    assert [item["actor"] for item in found["items"]] == [None, BOB, None, gone]
    assert peers.postgres.calls == ["POST /internal/users/batch"]


async def test_a_page_that_names_nobody_asks_for_nobody(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers
) -> None:
    peers.cassandra.entries[0] |= {"subject_type": "consumer_group", "subject_id": "mail"}
    assert (await api.get(PATH, headers=boss)).json()["people"] == {}
    assert peers.postgres.calls == []


async def test_without_accounts_people_stay_ids(api: httpx.AsyncClient, boss: dict[str, str], peers: Peers) -> None:
    peers.postgres.down = True
    found = (await api.get(PATH, headers=boss)).json()
    assert ([item["subject_id"] for item in found["items"]], found["people"]) == ([BOB], {})


async def test_without_the_store_the_log_is_missed_by_name(
    api: httpx.AsyncClient, boss: dict[str, str], peers: Peers
) -> None:
    peers.cassandra.down = True
    answer = await api.get(PATH, headers=boss)
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-cassandra")
    assert answer.json()["detail"].startswith("The audit log is not available")
