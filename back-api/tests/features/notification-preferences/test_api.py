from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.callers import ANN, BOB
from tests.conftest import Peers

from shared.models.notification_kinds import DEFAULTS

Headers = Callable[..., dict[str, str]]
PATH = "/api/notification-preferences"
KINDS: dict[str, dict[str, Any]] = {
    each.kind: {"kind": each.kind, "live": True, "mail": "at_once"} for each in DEFAULTS
}
SECURITY = [*KINDS].index("security")
UNKNOWN = len(KINDS)
"""Where `choice` puts them."""
HOURS = {"from": "22:00", "to": "07:00"}


def choice(*changed: dict[str, Any], quiet_hours: Any = None) -> dict[str, Any]:
    by_kind = KINDS | {kind["kind"]: kind for kind in changed}
    return {"kinds": list(by_kind.values()), "quiet_hours": quiet_hours}


async def test_the_defaults_are_there_and_are_changed_as_a_whole(api: httpx.AsyncClient, as_user: Headers) -> None:
    defaults = await api.get(PATH, headers=as_user())
    assert (defaults.status_code, defaults.headers["etag"], defaults.json()["version"]) == (200, '"0"', 0)
    chosen = choice({"kind": "invoice", "live": False, "mail": "daily"}, quiet_hours=HOURS)
    changed = await api.put(PATH, json=chosen, headers=as_user())
    assert (changed.status_code, changed.headers["etag"]) == (200, '"1"')
    assert changed.json() == chosen | {"version": 1}
    unchanged = await api.get(PATH, headers=as_user() | {"If-None-Match": '"1"'})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert (await api.get(PATH, headers=as_user(BOB))).json()["version"] == 0


async def test_kinds_that_a_client_does_not_know_keep_what_was_chosen(api: httpx.AsyncClient, as_user: Headers) -> None:
    await api.put(PATH, json=choice({"kind": "invoice", "live": False, "mail": "daily"}), headers=as_user())
    welcome = {"kind": "welcome", "live": True, "mail": "never"}
    changed = await api.put(PATH, json={"kinds": [welcome]}, headers=as_user())
    assert changed.status_code == 200
    by_kind = {each["kind"]: each for each in changed.json()["kinds"]}
    assert by_kind["invoice"] == {"kind": "invoice", "live": False, "mail": "daily"}
    assert by_kind["welcome"] == welcome


@pytest.mark.parametrize("if_match", [{}, {"If-Match": '"0"'}])
async def test_what_is_stored_is_read_once(
    api: httpx.AsyncClient, as_user: Headers, peers: Peers, if_match: dict[str, str]
) -> None:
    await api.put(PATH, json=choice(), headers=as_user() | if_match)
    path = f"/internal{PATH.removeprefix('/api')}/{ANN}"
    assert peers.postgres.calls == [f"GET {path}", f"PUT {path}"]


async def test_a_choice_made_on_an_older_version_is_refused_with_the_present_one(
    api: httpx.AsyncClient, as_user: Headers
) -> None:
    first = await api.put(PATH, json=choice(), headers=as_user() | {"If-Match": '"0"'})
    stale = await api.put(PATH, json=choice(quiet_hours=HOURS), headers=as_user() | {"If-Match": '"0"'})
    assert (first.status_code, stale.status_code) == (200, 412)
    assert stale.json()["current"] == choice() | {"version": 1}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (choice({"kind": "security", "live": False, "mail": "at_once"}), f"kinds.{SECURITY}.live"),
        (choice({"kind": "security", "live": True, "mail": "never"}), f"kinds.{SECURITY}.mail"),
        (choice({"kind": "security", "live": True, "mail": "daily"}), f"kinds.{SECURITY}.mail"),
        (choice({"kind": "gossip", "live": True, "mail": "never"}), f"kinds.{UNKNOWN}.kind"),
        (choice({"kind": "Gossip!", "live": True, "mail": "never"}), f"kinds.{UNKNOWN}.kind"),
        ({"kinds": [*KINDS.values(), KINDS["invoice"]]}, f"kinds.{UNKNOWN}.kind"),
        (choice(quiet_hours={"from": "22:00", "to": "22:00"}), "quiet_hours.to"),
        (choice(quiet_hours={"from": "24:00", "to": "07:00"}), "quiet_hours.from"),
        (choice(quiet_hours={"from": "22:00", "to": "07:00", "zone": "UTC"}), "quiet_hours.zone"),
        (choice() | {"version": 3}, "version"),
    ],
)
async def test_a_choice_that_cannot_be_is_refused_by_its_field(
    api: httpx.AsyncClient, as_user: Headers, sent: dict[str, Any], field: str
) -> None:
    refused = await api.put(PATH, json=sent, headers=as_user())
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]
