"""Settings, service folders, gateway and compose networks: each rule bites."""

from pathlib import Path

import pytest
import yaml

from tooling.boundaries import check, compose
from tooling.boundaries.tree import Tree
from tooling.paths import ROOT
from tooling.tests.conftest import Break

BACK_REDIS = "**Calls** nobody. **Called by** back-api, back-auth, back-websockets, back-workers."


def test_a_clean_tree_is_clean(tree: Path):
    assert check(tree) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("back-api/settings.py", "class Settings:\n    postgres_host: str\n"),
        ("back-auth/settings.py", "class Settings:\n    back_api_url: str\n"),
        ("back-postgres/settings.py", "class Settings(ServiceSettings, RedisSettings):\n    port: int\n"),
    ],
)
def test_settings_hold_declared_peers_only(breaking: Break, path: str, text: str):
    assert [violation.rule for violation in breaking(path, text)] == ["only-declared-peers"]


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        ("context-fits-a-screen", "back-redis/CONTEXT.md", f"{BACK_REDIS}\n" + "line\n" * 60),
        ("main-is-a-table-of-contents", "back-api/main.py", "x = 1\n" * 40),
        ("version-is-shown", "back-api/VERSION", "one\n"),
    ],
)
def test_a_service_folder_can_be_read(breaking: Break, rule: str, path: str, text: str):
    assert [violation.rule for violation in breaking(path, text)] == [rule]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "**Calls** back-auth. **Called by** nobody.",
            "Calls: does not name back-cassandra, back-postgres, back-redis",
        ),
        ("**Calls** mail.", "Calls: names mail, which is not declared"),
        ("# back-api", "has no sentence `**Called by** ...`"),
        ("**Called by:** back-gateway (for `back-auth`).", "does not name back-workers, front-admin, front-public"),
    ],
)
def test_a_context_names_the_declared_calls(breaking: Break, text: str, what: str):
    found = [violation for violation in breaking("back-api/CONTEXT.md", text) if what in violation.what]

    assert [violation.rule for violation in found] == ["context-names-the-calls"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("CONTEXT.md", "context-fits-a-screen"),
        ("main.py", "main-is-a-table-of-contents"),
        ("VERSION", "version-is-shown"),
    ],
)
def test_a_missing_file_is_named(tree: Path, name: str, rule: str):
    (tree / "back-auth" / name).unlink()

    assert [(violation.rule, str(violation.path)) for violation in check(tree)] == [(rule, f"back-auth/{name}")]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            "gateway-leads-to-declared-services",
            "upstreams:\n  - name: x\n    targets: [{target: 'back-postgres:8102'}]\n",
        ),
        ("gateway-leads-to-declared-services", "services:\n  - name: x\n    url: http://back-cassandra:8103\n"),
        ("internal-stays-inside", "services:\n  - host: back-api.upstream\n    routes: [{paths: [/internal/users]}]\n"),
        ("readable", "services: [\n"),
        ("readable", "services: {back-api: {}}\n"),
        ("readable", "- 1\n"),
    ],
)
def test_the_gateway_leads_to_the_outside_of_declared_services(breaking: Break, rule: str, text: str):
    sizes = "gateway-takes-what-contracts-say"  # which a file without its routes breaks as well
    assert {violation.rule for violation in breaking("back-gateway/kong.yml", text)} - {sizes} == {rule}


def _compose_with(tmp_path: Path, service: str, key: str, value: object) -> list[str]:
    """What is found when the real compose file has one entry of one service replaced."""
    declared = yaml.safe_load((ROOT / compose.FILE).read_text(encoding="utf-8"))
    declared["services"][service][key] = value
    (tmp_path / compose.FILE).write_text(yaml.safe_dump(declared), encoding="utf-8")
    return [violation.what for violation in compose.check(Tree(tmp_path, Tree.at(ROOT).boundaries))]


@pytest.mark.parametrize(
    ("service", "key", "value", "found"),
    [
        ("front-public", "environment", {"BACK_POSTGRES_URL": "http://x"}, "gets BACK_POSTGRES_URL"),
        ("front-public", "environment", ["POSTGRES_HOST=x"], "gets POSTGRES_HOST"),
        ("back-postgres", "depends_on", ["back-auth"], "depends on back-auth"),
        (
            "mail",
            "networks",
            ["back-workers--mail", "back-api--back-postgres"],
            "which is for calls of back-api to back-postgres",
        ),
        ("back-auth", "networks", ["back-api--back-auth"], "is not on back-auth--back-postgres"),
        ("back-redis", "networks", ["everything"], "which is for no declared call"),
        ("back-redis", "labels", {"dashboard.service": "unheard-of"}, "back-redis is declared, but not in it"),
    ],
)
def test_compose_gives_what_is_declared(tmp_path: Path, service: str, key: str, value: object, found: str):
    assert any(found in what for what in _compose_with(tmp_path, service, key, value))
