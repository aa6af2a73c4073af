"""Made-up data is plausible and the same each time; it is stored once, in development alone."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest

from shared.models.user import User
from shared.utils.errors import Unavailable
from tests.in_process import FakePeer, InProcessClient

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


class Store(FakePeer):
    """Keeps what it is sent."""

    def __init__(self, *accounts: User, is_made: bool = False) -> None:
        super().__init__()
        self.state = {"made": is_made, "accounts": [account.model_dump(mode="json") for account in accounts]}
        self.kept: list[str] = []

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        if method == "POST":
            self.kept.append(path)
            self.state["made"] = path == "/internal/demo-data"
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


@pytest.mark.parametrize(("development", "demo_data"), [(False, True), (True, False), (False, False)])
async def test_there_is_no_job_in_production_or_when_it_is_switched_off(*, development: bool, demo_data: bool) -> None:
    settings = SimpleNamespace(development=development, demo_data=demo_data)
    async with AsyncExitStack() as stack:
        assert await background.job(cast(Any, settings), cast(Any, None), stack) is None
