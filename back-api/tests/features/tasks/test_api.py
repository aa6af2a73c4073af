from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN, BOB
from tests.conftest import Peers
from tests.peers.rows import now

from shared.utils.ids import new_id

Headers = Callable[..., dict[str, str]]


@pytest.fixture
def task_id(peers: Peers) -> str:
    task: dict[str, Any] = {
        "id": new_id(),
        "type": "billing-run",
        "state": "running",
        "progress": 0.5,
        "created_by": ANN,
    }
    peers.postgres.task_rows[task["id"]] = task | {"created_at": now(), "updated_at": now()}
    return str(task["id"])


@pytest.mark.parametrize(
    ("caller", "role", "status"),
    [(ANN, "user", 200), (BOB, "user", 404), (BOB, "support", 404), (BOB, "billing-admin", 200), (BOB, "admin", 200)],
)
async def test_its_creator_and_who_may_run_billing_see_a_task(
    api: httpx.AsyncClient, as_user: Headers, task_id: str, caller: str, role: str, status: int
) -> None:
    answer = await api.get(f"/api/tasks/{task_id}", headers=as_user(caller, role))
    assert answer.status_code == status
    if status == 200:
        assert (answer.json()["progress"], answer.json()["result"]) == (0.5, None)


async def test_another_user_s_task_looks_like_one_that_is_not_there(
    api: httpx.AsyncClient, as_user: Headers, task_id: str
) -> None:
    hidden, missing = [(await api.get(f"/api/tasks/{one}", headers=as_user(BOB))).json() for one in (task_id, new_id())]
    assert hidden["detail"] == missing["detail"]
