"""A contract names services that exist, that take part, and that may do what it says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.check import check
from shared.tests.contracts_copy import Change, change, contracts, first, internal

__all__ = ["contracts"]
CHANNEL = {"address": "live:{shard}", "kind": "pubsub", "message": "LiveMessage", "purpose": "Messages for open tabs."}
SOCKET = {"path": "/ws/x", "auth": "user", "sends": {"x": "Profile"}, "close_codes": {1000: "The page was closed."}}
PLACES: dict[str, Callable[[dict[str, Any], str], object]] = {
    "data flow": lambda c, name: c["data_flow"].append(f"front-public → {name}"),
    "endpoint": lambda c, name: first(c).update(service=name),
    "callers": lambda c, name: internal(c)["callers"].append(name),
    "page": lambda c, name: c["pages"][0].update(front=name),
    "socket": lambda c, name: c.update(sockets=[SOCKET | {"service": name}]),
    "channel": lambda c, name: c.update(channels=[{**CHANNEL, "sends": [name], "receives": ["back-websockets"]}]),
    "published event": lambda c, name: c["events"]["published"][0].update(service=name),
    "consumed event": lambda c, name: c["events"]["consumed"][0].update(service=name),
}
"""Where a contract can name a service."""


@pytest.mark.parametrize(
    ("name", "text"),
    [("back-auth", "back-auth takes part but is not listed"), ("back-office", "unknown service 'back-office'")],
)
@pytest.mark.parametrize("place", PLACES)
def test_a_service_is_known_and_listed_wherever_it_is_named(contracts: Path, place: str, name: str, text: str):
    change(contracts / "profile" / "feature.yaml", lambda contract: PLACES[place](contract, name))

    assert any(text in str(finding) for finding in check(contracts))


RIGHTS: list[tuple[str, Change, str]] = [
    ("sessions", lambda c: c["channels"][0]["sends"].append("back-workers"), "back-workers sends revoked:sessions"),
    ("sessions", lambda c: c["channels"][0]["sends"].append("back-api"), "back-api sends revoked:sessions"),
    (
        "sessions",
        lambda c: c["channels"][0]["receives"].append("back-workers"),
        "back-workers receives revoked:sessions",
    ),
    (
        "feature-flags",
        lambda c: c["channels"][0]["receives"].append("back-websockets"),
        "back-websockets receives flags:changed",
    ),
    ("feature-flags", lambda c: c["channels"][0]["sends"].append("front-public"), "front-public sends flags:changed"),
    ("profile", lambda c: c["events"]["consumed"][0].update(service="back-auth"), "back-auth takes profile.updated"),
]


@pytest.mark.parametrize(("feature", "mistake", "text"), RIGHTS)
def test_nobody_sends_or_receives_without_the_right(contracts: Path, feature: str, mistake: Change, text: str):
    change(contracts / feature / "feature.yaml", mistake)

    (found,) = [finding.text for finding in check(contracts) if finding.rule == "channels-are-allowed"]

    assert found.startswith(f"{text} without the right")
