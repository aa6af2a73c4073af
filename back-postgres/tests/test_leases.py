"""Who holds leased work and how it ends, without a server."""

from typing import Any

import pytest

from repositories.leases import LeasedTable
from shared.utils.errors import Conflict, NotFound
from tests.fake_connection import FakeConnection

RUNS = LeasedTable("runs", "run", "id, state")


def row(state: str = "running", worker: str | None = "w1") -> dict[str, Any]:
    return {"id": "r1", "state": state, "worker": worker}


HELD_BY_ANOTHER = [row(worker="w2"), row("pending", None)]
OVER = [row("succeeded"), row("failed"), row("succeeded", "w2")]


@pytest.mark.parametrize(
    ("stored", "problem", "text"),
    [
        (None, NotFound, "There is no such run."),
        *((each, Conflict, "Another worker holds this run.") for each in HELD_BY_ANOTHER),
        *((each, Conflict, "This run is finished.") for each in OVER),
    ],
)
async def test_who_does_not_hold_it_learns_why(
    stored: dict[str, Any] | None, problem: type[Exception], text: str
) -> None:
    with pytest.raises(problem, match=text):
        await RUNS.require(FakeConnection(stored).typed(), "r1", worker="w1")
    with pytest.raises(problem, match=text):
        await RUNS.acquire(FakeConnection(None, stored).typed(), "r1", worker="w1", seconds=15)


async def test_who_holds_it_has_it() -> None:
    connection = FakeConnection(row(), row())
    assert await RUNS.require(connection.typed(), "r1", worker="w1") == row()
    assert await RUNS.acquire(connection.typed(), "r1", worker="w1", seconds=15) == row()
    assert connection.asked[1][1:] == ("r1", "w1", 15)


@pytest.mark.parametrize(("error", "state"), [(None, "succeeded"), ("disk full", "failed")])
async def test_it_ends_once_and_may_be_ended_again_by_the_same_worker(error: str | None, state: str) -> None:
    connection = FakeConnection(row(), row(state), row(state))
    for _ in range(2):
        assert await RUNS.finish(connection.typed(), "r1", worker="w1", error=error) == row(state)
    locked, updated, again = connection.asked
    assert updated[1:] == ("r1", state, error)
    assert locked == again


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        (None, NotFound),
        (row(worker="w2"), Conflict),
        (row("pending", None), Conflict),
        (row("failed"), Conflict),
        (row("succeeded", "w2"), Conflict),
    ],
)
async def test_nobody_ends_what_another_holds_or_what_is_over(
    stored: dict[str, Any] | None, problem: type[Exception]
) -> None:
    connection = FakeConnection(stored)
    with pytest.raises(problem):
        await RUNS.finish(connection.typed(), "r1", worker="w1", error=None)
    assert len(connection.asked) == 1


async def test_what_has_gone_between_two_statements_is_not_found() -> None:
    with pytest.raises(NotFound):
        await RUNS.finish(FakeConnection(row(), None).typed(), "r1", worker="w1", error=None)
