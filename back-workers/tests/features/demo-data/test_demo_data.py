"""Made-up data is plausible and the same each time; it is stored once, in development alone, and removed alone."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest

from shared.models.demo_data import is_made_up
from shared.models.user import User
from shared.utils.errors import Unavailable
from tests.in_process import FakePeer, InProcessClient
from tests.waiting import until

NOW = datetime(2026, 11, 30, 15, 4, tzinfo=UTC)
history: Any = import_module("features.demo-data.history")
seeding: Any = import_module("features.demo-data.seeding")
background: Any = import_module("features.demo-data.background")
UMA = User(id="01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5e", email="user@example.com", name="Uma User", created_at=NOW)
ADA = UMA.model_copy(update={"id": "01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f", "email": "admin@example.com"})


def made(now: datetime = NOW) -> Any:
    return history.make_history(now, UMA, ADA)


def test_the_same_moment_gives_the_same_data() -> None:
    assert made() == made()
    first, second = ({user.email for user in made(at).of_postgres.users} for at in (NOW, NOW.replace(day=12)))
    assert first == second


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 1, 1, 0, 3, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
        datetime(2027, 3, 1, 1, 0, tzinfo=UTC),
    ],
)
def test_amounts_add_up_and_nothing_lies_in_the_future(now: datetime) -> None:
    data = made(now).of_postgres
    assert (len(data.users), len({user.email for user in data.users})) == (40, 40)
    plans = {each.id: each for each in data.subscriptions}
    for invoice in data.invoices:
        plan = plans[invoice.subscription_id]
        assert invoice.amount_minor == sum(line.amount_minor for line in invoice.lines) > 0
        assert (invoice.user_id, invoice.currency, invoice.lines[0].quantity) == (
            plan.user_id,
            plan.currency,
            plan.seats,
        )
        assert plan.started_at < invoice.issued_at <= now
    assert len({(each.subscription_id, each.period) for each in data.invoices}) == len(data.invoices)
    for run in data.runs:
        own = [invoice for invoice in data.invoices if invoice.run_id == run.id]
        assert sum(run.total_minor.values()) == sum(invoice.amount_minor for invoice in own)
        assert (run.invoices, run.created_at <= now) == (len(own), True)
    assert max(user.created_at for user in data.users) <= now


def test_the_demo_user_has_a_profile_a_plan_three_invoices_and_notifications_of_them() -> None:
    data = made().of_postgres
    own = [invoice for invoice in data.invoices if invoice.user_id == UMA.id]
    assert [invoice.period for invoice in own] == ["2026-09", "2026-10", "2026-11"]
    assert [each.name for each in data.profiles if each.user_id == UMA.id] == ["Uma User"]
    notices = next(body for path, body in made().of_cassandra if path == "/internal/notifications").items
    assert {each.user_id for each in notices} == {UMA.id}
    assert sorted(each.kind for each in notices) == ["announcement"] * 2 + ["invoice"] * 3


def test_a_failed_run_was_made_good() -> None:
    failed, succeeded = (
        [run for run in made().of_postgres.runs if run.state == state] for state in ("failed", "succeeded")
    )
    assert len(failed) == 1
    assert [run for run in succeeded if run.period == failed[0].period and run.id > failed[0].id]


def test_each_id_says_that_it_is_made_up() -> None:
    data = made()
    postgres = data.of_postgres
    kept = [postgres.users, postgres.profiles, postgres.subscriptions, postgres.runs, postgres.invoices]
    ids = [each.id for some in [*kept, postgres.announcements] for each in some]
    ids += [run.task_id for run in postgres.runs]
    for path, body in data.of_cassandra:
        if path == "/internal/spans":
            ids += [made_id for trace in body.traces for made_id in (trace.trace_id, trace.correlation_id)]
        else:
            ids += [item.id for item in body.items]
    assert [each for each in ids if not is_made_up(each)] == []
    assert len(set(ids)) == len(ids)


class Store(FakePeer):
    """Keeps what it is sent."""

    def __init__(self, *accounts: User, is_made: bool = False) -> None:
        super().__init__()
        self.state = {"made": is_made, "accounts": [account.model_dump(mode="json") for account in accounts]}
        self.kept: list[str] = []
        self.bodies: list[bytes] = []

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        if method == "POST":
            self.kept.append(path)
            self.state["made"] = path == "/internal/demo-data"
            self.bodies.append(body)
        if method == "DELETE":
            self.kept.append(f"DELETE {path}")
        return orjson.dumps(self.state)


async def seed(postgres: Store, cassandra: Store) -> bool:
    return await seeding.seed(
        InProcessClient("back-postgres", postgres), InProcessClient("back-cassandra", cassandra), NOW
    )


async def test_it_is_made_once_and_back_postgres_stores_last() -> None:
    postgres = Store(UMA, ADA)
    cassandra = Store()
    assert await seed(postgres, cassandra) is True
    assert (postgres.kept, set(cassandra.kept)) == (
        ["/internal/demo-data"],
        {"/internal/login-events", "/internal/notifications", "/internal/audit", "/internal/spans"},
    )
    assert await seed(postgres, Store()) is False
    assert postgres.kept == ["/internal/demo-data"]


async def test_without_the_demo_accounts_it_is_too_early() -> None:
    postgres = Store(UMA)
    with pytest.raises(seeding.DemoAccountsMissing):
        await seed(postgres, Store())
    assert postgres.kept == []


async def test_when_a_store_fails_it_is_done_again_from_the_beginning() -> None:
    postgres = Store(UMA, ADA)
    cassandra = Store()
    cassandra.down = True
    with pytest.raises(Unavailable):
        await seed(postgres, cassandra)
    assert postgres.kept == []


async def remove(postgres: Store, cassandra: Store) -> bool:
    return await seeding.remove(
        InProcessClient("back-postgres", postgres), InProcessClient("back-cassandra", cassandra)
    )


async def test_made_up_people_and_data_of_the_demo_user_are_removed() -> None:
    people = made().of_postgres.users
    postgres = Store(UMA, ADA, *people, is_made=True)
    cassandra = Store()
    cassandra.down = True
    with pytest.raises(Unavailable):
        await remove(postgres, cassandra)
    assert postgres.kept == []
    cassandra.down = False
    assert await remove(postgres, cassandra) is True
    assert (cassandra.kept, postgres.kept) == (["/internal/demo-data/removals"], ["DELETE /internal/demo-data"])
    asked = orjson.loads(cassandra.bodies[0])
    assert set(asked["users"]) == {UMA.id, *(person.id for person in people)}
    first = min(person.created_at for person in people)
    assert datetime.fromisoformat(asked["since"]) == first - timedelta(days=95)


async def test_where_nothing_was_made_up_nothing_is_removed() -> None:
    postgres = Store(UMA, ADA)
    cassandra = Store()
    assert await remove(postgres, cassandra) is False
    assert (postgres.kept, cassandra.kept) == ([], [])


@pytest.mark.parametrize("demo_data", [True, False])
async def test_there_is_no_job_in_production(*, demo_data: bool) -> None:
    settings = SimpleNamespace(development=False, demo_data=demo_data)
    async with AsyncExitStack() as stack:
        assert await background.job(cast(Any, settings), cast(Any, None), stack) is None


@pytest.mark.parametrize(
    ("demo_data", "is_made", "done"),
    [(False, True, "DELETE /internal/demo-data"), (True, False, "/internal/demo-data")],
)
async def test_the_job_fills_the_stack_when_on_and_empties_it_when_off(
    *, demo_data: bool, is_made: bool, done: str
) -> None:
    postgres = Store(UMA, ADA, *(made().of_postgres.users if is_made else ()), is_made=is_made)
    stores = InProcessClient("back-postgres", postgres), InProcessClient("back-cassandra", Store())
    peers = SimpleNamespace(back_postgres=stores[0], back_cassandra=stores[1])
    async with AsyncExitStack() as stack:
        settings = SimpleNamespace(development=True, demo_data=demo_data)
        job = await background.job(cast(Any, settings), cast(Any, peers), stack)
        running = asyncio.create_task(job())
        await until(lambda: done in postgres.kept, "the stores were asked")
        running.cancel()
