"""Plans and subscriptions."""

import asyncio
from typing import Any

import pytest

from tests.client import NEW, Api

pytestmark = pytest.mark.integration


async def test_the_catalogue_has_prices_in_both_currencies(api: Api) -> None:
    plans = (await api.get("/plans")).json()["items"]
    prices = {
        (plan["id"], price["currency"], price["interval"]): price["amount_minor"]
        for plan in plans
        for price in plan["prices"]
    }
    assert [plan["id"] for plan in plans] == ["free", "pro"]
    assert prices["pro", "EUR", "month"] == 1200
    assert prices["pro", "USD", "year"] == 14000
    assert prices["free", "USD", "month"] == 0


async def test_it_is_stored_as_it_was_decided(api: Api) -> None:
    stored = await api.subscription(seats=3, interval="year")
    assert {name: stored[name] for name in NEW} == NEW
    assert (stored["seats"], stored["interval"], stored["currency"], stored["state"]) == (3, "year", "EUR", "active")
    assert (await api.subscription(plan="free", next_due_on=None))["next_due_on"] is None


async def test_one_subscription_a_user(api: Api) -> None:
    user_id = await api.user()
    answers = await asyncio.gather(*(api.post(f"/subscriptions/{user_id}", NEW) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert (await api.post(f"/subscriptions/{user_id[:-4]}0000", NEW)).status_code == 404


async def test_a_change_replaces_the_row_and_leaves_with_its_event(api: Api) -> None:
    first = await api.subscription(plan="free", next_due_on=None)
    later = {"next_due_on": "2026-12-24", "started_at": "2026-12-24T08:00:00Z"}
    pro = (await api.change(first, plan="pro", seats=2, **later)).json()
    assert pro == first | {"plan": "pro", "seats": 2, "version": 2} | later
    canceled = (await api.cancel(pro)).json()
    assert (canceled["state"], canceled["next_due_on"], canceled["version"]) == ("canceled", None, 3)
    again = (await api.change(canceled, "created", state="active", canceled_at=None, next_due_on="2026-12-25")).json()
    assert (again["id"], again["state"], again["version"]) == (first["id"], "active", 4)
    published = [
        (kind, data["subscription"]["version"]) for kind, data in await api.events() if kind.startswith("subscr")
    ]
    kinds = [f"subscription.{kind}" for kind in ("created", "changed", "canceled", "created")]
    assert published == list(zip(kinds, (1, 2, 3, 4), strict=True))


async def test_beside_a_canceled_one_none_is_created(api: Api) -> None:
    first = await api.subscription()
    await api.cancel(first)
    assert (await api.post(f"/subscriptions/{first['user_id']}", NEW)).status_code == 409


async def test_of_two_changes_of_one_version_one_is_made(api: Api) -> None:
    stored = await api.subscription()
    answers = await asyncio.gather(*(api.change(stored, seats=seats) for seats in (2, 3, 4)), api.cancel(stored))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


async def test_a_stale_change_carries_what_is_stored(api: Api) -> None:
    stored = await api.subscription()
    answer = await api.change(stored, seats=2, version=9)
    assert answer.status_code == 412
    assert answer.json()["current"] == stored


async def test_without_a_subscription_there_is_nothing_to_change(api: Api) -> None:
    stored = await api.subscription()
    assert (await api.change(stored | {"user_id": await api.user()}, seats=2)).status_code == 404


@pytest.mark.parametrize("fields", [{"seats": 0}, {"plan": "gold"}, {"event": "x"}, {"next_due_on": "soon"}, {"x": 1}])
async def test_a_row_that_does_not_fit_is_refused(api: Api, fields: dict[str, Any]) -> None:
    stored = await api.subscription()
    kept = {name: value for name, value in stored.items() if name not in ("id", "user_id")}
    answer = await api.put(f"/subscriptions/{stored['user_id']}", kept | {"event": "changed"} | fields)
    assert answer.status_code == 422
