"""Choices about notifications, and the recipients that back-workers asks for."""

import asyncio
from typing import Any

import pytest

from shared.utils.ids import new_id
from tests.client import Api

pytestmark = pytest.mark.integration
HOURS = {"from": "22:00", "to": "07:00"}


def change(version: int, mail: str = "never", quiet_hours: Any = None) -> dict[str, Any]:
    kinds = [{"kind": "invoice", "live": False, "mail": mail}, {"kind": "security", "live": True, "mail": "at_once"}]
    return {"preferences": {"kinds": kinds, "quiet_hours": quiet_hours}, "version": version}


async def test_without_a_choice_the_defaults_hold(api: Api) -> None:
    found = (await api.get(f"/notification-preferences/{await api.user()}")).json()
    assert (found["version"], found["quiet_hours"]) == (0, None)
    assert [kind["kind"] for kind in found["kinds"]] == ["welcome", "invoice", "security", "announcement"]
    assert (await api.get(f"/notification-preferences/{new_id()}")).status_code == 404


async def test_a_choice_is_kept_and_a_kind_that_it_lacks_has_its_default(api: Api) -> None:
    path = f"/notification-preferences/{await api.user()}"
    stored = (await api.call("PUT", path, change(0, quiet_hours=HOURS))).json()
    assert (stored["version"], stored["quiet_hours"]) == (1, HOURS)
    by_kind = {kind["kind"]: kind["mail"] for kind in stored["kinds"]}
    assert by_kind == {"welcome": "at_once", "invoice": "never", "security": "at_once", "announcement": "daily"}
    assert (await api.get(path)).json() == stored


async def test_of_two_writers_one_gets_what_the_other_stored(api: Api) -> None:
    path = f"/notification-preferences/{await api.user()}"
    for version in (0, 1):
        answers = await asyncio.gather(*(api.call("PUT", path, change(version)) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        stale = next(answer for answer in answers if answer.status_code == 412)
        assert stale.json()["current"]["version"] == version + 1
    assert (await api.call("PUT", f"/notification-preferences/{new_id()}", change(1))).status_code == 404


async def test_recipients_come_with_profile_and_choice_in_one_call(api: Api) -> None:
    plain = await api.user("plain@example.com", name="Ann")
    german = (await api.profile(locale="de-CH", time_zone="Europe/Zurich"))["user_id"]
    await api.call("PUT", f"/notification-preferences/{german}", change(0, "daily", HOURS))
    answer = await api.post("/notification-recipients", {"ids": [plain, german, new_id(), "nobody"]})
    found = {item["user_id"]: item for item in answer.json()["items"]}
    assert set(found) == {plain, german}
    defaults: dict[str, Any] = {"locale": "en", "time_zone": "UTC", "kinds": [], "quiet_hours": None}
    assert found[plain] == {
        "user_id": plain,
        "email": "plain@example.com",
        "email_verified": False,
        "name": "Ann",
        **defaults,
    }
    assert (found[german]["locale"], found[german]["time_zone"]) == ("de-CH", "Europe/Zurich")
    assert (found[german]["kinds"][0]["mail"], found[german]["quiet_hours"]) == ("daily", HOURS)
