"""docs/limits.md says what the services count: each limit has its row, and each row is what they do."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import yaml
from pydantic_settings import BaseSettings

from tooling.paths import ROOT

WINDOW = "_seconds"


class Row(NamedTuple):
    limit: str
    counted_by: str
    where: str
    budget: str
    window: str
    setting: str
    beyond: str


def rows() -> list[Row]:
    lines = (ROOT / "docs" / "limits.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [Row(*row) for row in cells[2:]]


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def defaults(service: str) -> dict[str, Any]:
    settings: type[BaseSettings] = module(ROOT / service / "settings.py").Settings
    return {name: field.default for name, field in settings.model_fields.items()}


def rows_for(where: str) -> list[Row]:
    return [row for row in rows() if row.where.startswith(where)]


def test_every_budget_of_back_auth_s_settings_is_a_row() -> None:
    known = defaults("back-auth")
    counted = {name.removesuffix(WINDOW) for name in known if name.endswith(WINDOW)} | {"sessions_per_user"}
    found = {row.setting: (row.budget, row.window) for row in rows_for("back-auth") if row.setting != "–"}
    windows = {name: f"{known[name + WINDOW]} s" if name + WINDOW in known else "–" for name in counted}
    assert found == {f"`{name.upper()}`": (str(known[name]), windows[name]) for name in counted}


@pytest.mark.parametrize(
    ("limit", "path", "budget", "window"),
    [
        ("refreshes of a session", "services/limits.py", "REFRESHES = Limit(attempts={})", "seconds={})"),
        ("wrong secrets of services", "services/service_clients.py", "MAX_FAILURES = {}", "WINDOW_SECONDS = {}.0"),
    ],
)
def test_what_is_no_setting_is_what_the_code_says(limit: str, path: str, budget: str, window: str) -> None:
    [row] = [row for row in rows() if row.limit == limit]
    code = (ROOT / "back-auth" / path).read_text("utf-8")
    assert budget.format(row.budget).rstrip(")") in code
    assert window.format(row.window.removesuffix(" s")) in code


def test_every_rate_limit_of_the_gateway_is_a_row() -> None:
    kong = yaml.safe_load((ROOT / "back-gateway" / "kong.yml").read_text("utf-8"))
    places = [kong, *(route for service in kong["services"] for route in service["routes"])]
    budgets = [
        str(plugin["config"]["minute"])
        for place in places
        for plugin in place.get("plugins", [])
        if plugin["name"] == "rate-limiting"
    ]
    found = rows_for("back-gateway")
    assert sorted(row.budget for row in found) == sorted(budgets)
    assert {row.window for row in found} == {"60 s"}


def test_sockets_of_a_user_are_a_row() -> None:
    [row] = rows_for("back-websockets")
    assert row.budget == str(defaults("back-websockets")["connections_per_user"])
