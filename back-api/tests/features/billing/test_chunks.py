"""A chunk of a billing run: read, priced, written; one subscription that fails holds up no other."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN, BOB
from tests.conftest import Peers

from shared.utils.errors import Conflict, Invalid, ServiceError, Unavailable
from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]
RUN = new_id()
PATH = f"/internal/billing/runs/{RUN}/chunks"
CHUNK = {"worker": "w1", "period": "2026-11"}


@pytest.fixture(autouse=True)
def run(peers: Peers) -> dict[str, Any]:
    books = {"id": RUN, "task_id": new_id(), "period": "2026-11", "dry_run": False, "state": "running"}
    peers.postgres.run_rows[RUN] = books | {"created_at": "2026-11-23T12:00:00Z"}
    return peers.postgres.run_rows[RUN]


def subscribe(peers: Peers, number: int, **changes: Any) -> str:
    """The id of the subscription number `number`, which is due."""
    fields = {
        "id": f"s{number:03}", "user_id": f"u{number}", "plan": "pro", "interval": "month", "currency": "EUR", "seats": 2,
        "state": "active", "next_due_on": "2026-11-15", "started_at": "2026-01-15T09:00:00Z", "version": 1,
    }  # fmt: skip
    peers.postgres.subscription_rows.rows[f"u{number}"] = fields | changes
    return str(fields["id"])


def billed(peers: Peers) -> list[str]:
    return [draft["subscription_id"] for draft in peers.postgres.drafts]


async def test_what_is_due_is_priced_and_written_for_the_worker(api: httpx.AsyncClient, peers: Peers) -> None:
    ids = [subscribe(peers, number) for number in range(3)]
    subscribe(peers, 3, next_due_on="2026-12-01")
    answer = await api.post(PATH, json={**CHUNK, "limit": 2})
    assert (answer.status_code, answer.json()["through"], answer.json()["failed"]) == (200, ids[1], [])
    assert answer.json()["run"]["processed"] == 2
    (batch,) = peers.postgres.batches
    assert (batch["worker"], batch["due_before"]) == ("w1", "2026-12-01")
    assert [(each["subscription_id"], each["amount_minor"]) for each in batch["invoices"]] == [
        (ids[0], 2400),
        (ids[1], 2400),
    ]
    assert batch["invoices"][0]["next_due_on"] == "2026-12-15"
    rest = await api.post(PATH, json={**CHUNK, "after": ids[1]})
    assert (rest.json()["through"], billed(peers)) == (ids[2], ids)
    assert (await api.post(PATH, json={**CHUNK, "after": ids[2]})).json()["through"] is None


async def test_each_subscription_crosses_the_wire_twice(api: httpx.AsyncClient, peers: Peers) -> None:
    subscribe(peers, 0)
    await api.get("/api/plans")
    peers.postgres.calls.clear()
    await api.post(PATH, json=CHUNK)
    path = f"/internal/billing-runs/{RUN}"
    assert peers.postgres.calls == [f"GET {path}/due", f"POST {path}/invoices"]


@pytest.mark.parametrize("error", [Invalid("A value does not fit."), ServiceError()])
async def test_one_that_cannot_be_written_holds_up_no_other(
    api: httpx.AsyncClient, peers: Peers, error: Exception
) -> None:
    ids = [subscribe(peers, number) for number in range(7)]
    peers.postgres.invoice_errors[ids[3]] = error
    answer = (await api.post(PATH, json=CHUNK)).json()
    assert [each["subscription_id"] for each in answer["failed"]] == [ids[3]]
    assert sorted(billed(peers)) == [each for each in ids if each != ids[3]]
    assert answer["through"] == ids[-1]


async def test_one_that_cannot_be_priced_holds_up_no_other(api: httpx.AsyncClient, peers: Peers) -> None:
    ids = [subscribe(peers, 0), subscribe(peers, 1, currency="USD"), subscribe(peers, 2)]
    answer = (await api.post(PATH, json=CHUNK)).json()
    assert [each["subscription_id"] for each in answer["failed"]] == [ids[1]]
    assert "not sold" in answer["failed"][0]["detail"]
    assert billed(peers) == [ids[0], ids[2]]


async def test_a_canceled_one_is_not_billed(api: httpx.AsyncClient, peers: Peers) -> None:
    left = subscribe(peers, 0, state="canceled")
    stays = subscribe(peers, 1)
    assert (await api.post(PATH, json=CHUNK)).json()["through"] == stays
    assert left not in billed(peers)


async def test_when_none_can_be_written_no_more_than_a_few_are_tried(api: httpx.AsyncClient, peers: Peers) -> None:
    ids = [subscribe(peers, number) for number in range(64)]
    peers.postgres.invoice_errors = dict.fromkeys(ids, ServiceError())
    answer = (await api.post(PATH, json=CHUNK)).json()
    assert ([each["subscription_id"] for each in answer["failed"]], answer["run"]) == (ids[:5], None)
    assert answer["failed"][0]["detail"].startswith("back-postgres failed.")
    assert len(peers.postgres.batches) < 20


async def test_a_worker_that_lost_the_lease_gets_a_conflict(api: httpx.AsyncClient, peers: Peers) -> None:
    due = subscribe(peers, 0)
    peers.postgres.invoice_errors[due] = Conflict("Another worker holds this billing run.")
    answer = await api.post(PATH, json=CHUNK)
    assert (answer.status_code, answer.json()["detail"]) == (409, "Another worker holds this billing run.")


async def test_a_store_that_is_away_is_to_be_waited_for(api: httpx.AsyncClient, peers: Peers) -> None:
    first = subscribe(peers, 0)
    peers.postgres.invoice_errors[first] = Unavailable(dependency="postgres")
    assert (await api.post(PATH, json=CHUNK)).status_code == 503
    peers.postgres.invoice_errors.clear()
    assert (await api.post(PATH, json=CHUNK)).status_code == 200
    assert billed(peers) == [first]


async def test_people_have_no_chunks_billed(api: httpx.AsyncClient, peers: Peers, as_user: Headers) -> None:
    for person in (as_user(ANN, "admin"), as_user(BOB)):
        assert (await api.post(PATH, json=CHUNK, headers=person | {"X-Service-Token": ""})).status_code == 401
    assert peers.postgres.batches == []
