"""Plans and subscriptions."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.client import Api

pytestmark = pytest.mark.integration


def today() -> str:
    return datetime.now(UTC).date().isoformat()


async def change(api: Api, subscription: dict[str, Any], **changes: Any) -> dict[str, Any]:
    body = {"changes": changes, "version": subscription["version"]}
    answer = await api.patch(f"/subscriptions/{subscription['user_id']}", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


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


async def test_what_costs_is_due_at_once_and_what_is_free_never(api: Api) -> None:
    assert (await api.subscription(plan="pro", seats=3))["next_due_on"] == today()
    assert (await api.subscription(plan="free"))["next_due_on"] is None


async def test_one_subscription_a_user(api: Api) -> None:
    user_id = await api.user()
    answers = await asyncio.gather(*(api.post(f"/subscriptions/{user_id}", {"plan": "pro"}) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert (await api.post(f"/subscriptions/{user_id[:-4]}0000", {"plan": "pro"})).status_code == 404


async def test_plan_changes_move_the_due_date(api: Api) -> None:
    free = await api.subscription(plan="free")
    pro = await change(api, free, plan="pro")
    assert pro["next_due_on"] == today()
    assert pro["started_at"] > free["started_at"]
    yearly = await change(api, pro, interval="year", seats=2)
    assert (yearly["next_due_on"], yearly["started_at"], yearly["version"]) == (today(), pro["started_at"], 3)
    assert (await change(api, yearly, plan="free"))["next_due_on"] is None
    kinds = [kind for kind, _ in await api.events() if kind.startswith("subscription")]
    assert kinds == ["subscription.created"] + ["subscription.changed"] * 3


async def test_a_canceled_one_can_begin_again(api: Api) -> None:
    first = await api.subscription()
    path = f"/subscriptions/{first['user_id']}"
    assert (await api.delete(f"{path}?version=7")).status_code == 412
    canceled = (await api.delete(f"{path}?version=1")).json()
    assert (canceled["state"], canceled["next_due_on"]) == ("canceled", None)
    assert (await api.delete(path)).status_code == 409
    assert (await api.patch(path, {"changes": {"seats": 2}, "version": 2})).status_code == 409
    again = await api.post(path, {"plan": "pro", "interval": "year"})
    assert again.status_code == 201
    assert (again.json()["id"], again.json()["state"], again.json()["version"]) == (first["id"], "active", 3)


async def test_a_stale_change_carries_what_is_stored(api: Api) -> None:
    stored = await api.subscription()
    answer = await api.patch(f"/subscriptions/{stored['user_id']}", {"changes": {"seats": 2}, "version": 9})
    assert answer.status_code == 412
    assert answer.json()["current"] == stored
