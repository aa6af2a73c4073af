"""The Kong file against what Kong publishes: fields, values, plugin names and where a plugin may stand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from stack.gateway.plugins import ANYWHERE, GLOBAL_ONLY
from tests.trial_gateway import KONG_FILE

HERE = Path(__file__).parent
Document = dict[str, Any]
SCHEMA: Document = json.loads((HERE / "kong.schema.json").read_text("utf-8"))
VALIDATOR: Any = Draft202012Validator(SCHEMA)
SCOPES: dict[str, list[str]] = json.loads((HERE / "kong-plugins.json").read_text("utf-8"))["plugins"]


@pytest.fixture(scope="module")
def document() -> Document:
    return yaml.safe_load(KONG_FILE.read_text("utf-8"))


def plugins(document: Document) -> Iterator[tuple[str, str]]:
    """Scope and name of every plugin."""
    services: list[Document] = document["services"]
    routes: list[Document] = [*document["routes"], *(route for service in services for route in service["routes"])]
    for scope, owners in (("global", [document]), ("service", services), ("route", routes)):
        for owner in owners:
            yield from ((scope, plugin["name"]) for plugin in owner.get("plugins", []))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_field_and_value_is_known_to_kong(document: Document) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]
    assert errors == []


@pytest.mark.parametrize("field", ["limit", "redis_timeout"])
def test_an_unknown_field_would_be_seen(document: Document, field: str) -> None:
    plugin = {"name": "rate-limiting", "config": {"minute": 1, field: 1}}
    assert not VALIDATOR.is_valid({**document, "plugins": [plugin]})


def test_every_plugin_exists_and_may_stand_there(document: Document) -> None:
    assert [found for found in plugins(document) if found[0] not in SCOPES.get(found[1], [])] == []


def test_the_renderer_knows_no_plugin_that_kong_does_not() -> None:
    assert {*ANYWHERE, *GLOBAL_ONLY} <= SCOPES.keys()


def test_the_fields_of_a_preflight_are_those_of_our_api(document: Document) -> None:
    cors = next(plugin["config"] for plugin in document["services"][1]["plugins"] if plugin["name"] == "cors")
    assert {"If-Match", "Idempotency-Key", "Authorization", "X-Correlation-ID"} <= set(cors["headers"])
    assert {"ETag", "Location", "Retry-After", "X-Correlation-ID"} <= set(cors["exposed_headers"])
