"""A change of a flag is stored with who and why, returned to whoever asks, and kept in the audit log. It stays on: other tests use it.

What happens when one is switched off is in tests/resilience/test_feature_flags.py.
"""

from typing import Any
from uuid import uuid4

import httpx

from tests.flag_settings import ON
from tests.integration.conftest import Person
from tests.waiting import PROMPT_SECONDS, eventually

FLAG = "/api/feature-flags/sessions"


def kept_on(reason: str, **changes: Any) -> dict[str, Any]:
    return ON | {"reason": reason} | changes


def test_a_change_is_kept_with_who_and_why(api: httpx.Client, admin: Person) -> None:
    reason = f"Try {uuid4().hex}"
    before = api.get(FLAG, headers=admin.headers).raise_for_status()
    changed = api.put(FLAG, json=kept_on(reason), headers=admin.headers | {"If-Match": before.headers["etag"]})
    assert changed.status_code == 200, changed.text
    assert changed.json()["version"] == before.json()["version"] + 1
    history = api.get(f"{FLAG}/history", params={"limit": 1}, headers=admin.headers).raise_for_status().json()
    assert (history["items"], list(history["people"].values())) == ([changed.json()], [admin.email])
    report = api.get("/api/feature-flag-report", headers=admin.headers).raise_for_status().json()
    assert [flag["reason"] for flag in report["items"] if flag["name"] == "sessions"] == [reason]
    stale = api.put(FLAG, json=kept_on("Late."), headers=admin.headers | {"If-Match": before.headers["etag"]})
    assert (stale.status_code, stale.json()["current"]["reason"]) == (412, reason)
    eventually(lambda: reason in audited(api, admin), "the entry of the audit log")


def audited(api: httpx.Client, admin: Person) -> list[str]:
    """The reasons of the newest changes in the audit log."""
    params = {"action": "feature_flag.changed", "subject": "sessions"}
    entries = api.get("/api/audit", params=params, headers=admin.headers).raise_for_status().json()["items"]
    return [entry["details"]["reason"] for entry in entries]


def test_a_share_and_a_rule_hold_for_their_callers_alone(api: httpx.Client, admin: Person, person: Person) -> None:
    """With a flag of its own kind: rules by role that together are everybody, so that nobody loses the feature."""
    everybody = [{"attribute": "role", "values": ["user", "support", "billing-admin", "admin"]}]
    api.put(FLAG, json=kept_on("By role.", percentage=0, rules=everybody), headers=admin.headers).raise_for_status()
    try:
        eventually(lambda: not is_on(api, {}), "off for who is not logged in", seconds=PROMPT_SECONDS)
        assert is_on(api, person.headers)
        assert api.get("/api/auth/sessions", headers=person.headers).status_code == 200
        assert api.get("/api/auth/sessions").status_code == 404
    finally:
        api.put(FLAG, json=kept_on("For everybody."), headers=admin.headers).raise_for_status()
    eventually(lambda: is_on(api, {}), "on for everybody", seconds=PROMPT_SECONDS)


def is_on(api: httpx.Client, headers: dict[str, str]) -> bool:
    items = api.get("/api/feature-flags", headers=headers).raise_for_status().json()["items"]
    return {item["name"]: item["enabled"] for item in items}["sessions"]


def test_what_is_wrong_is_said_at_its_field(api: httpx.Client, admin: Person, person: Person) -> None:
    for change, field in [
        ({"percentage": 101}, "percentage"),
        ({"rules": [{"attribute": "city", "values": ["Bern"]}]}, "rules.0.attribute"),
        ({"reason": ""}, "reason"),
    ]:
        refused = api.put(FLAG, json=kept_on("Wrong.") | change, headers=admin.headers)
        assert (refused.status_code, [error["field"] for error in refused.json()["errors"]]) == (422, [field])
    unknown = api.put("/api/feature-flags/nonsense", json=kept_on("Wrong."), headers=admin.headers)
    assert unknown.status_code == 404
    assert api.put(FLAG, json=kept_on("Not mine."), headers=person.headers).status_code == 403
