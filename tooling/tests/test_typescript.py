"""The fronts' types are generated from the models that the contracts name."""

from pathlib import Path
from typing import Any

import pytest

from shared.contracts.check import FOLDER, load
from tooling.contracts import typescript
from tooling.paths import ROOT

TEXT = {"type": "string"}
NOTHING = {"type": "null"}


@pytest.fixture(scope="module")
def types() -> str:
    return typescript.render(load(FOLDER)[0])


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "format": "date-time"}, "string"),
        ({"type": "integer"}, "number"),
        ({"const": "Bearer", "type": "string"}, '"Bearer"'),
        ({"enum": ["system", "light", "dark"], "type": "string"}, "Theme"),
        ({"enum": ["left", "right"], "type": "string"}, '"left" | "right"'),
        ({"$ref": "#/components/schemas/Profile"}, "Profile"),
        ({"anyOf": [TEXT, NOTHING]}, "string | null"),
        ({"type": "array", "items": {"$ref": "#/$defs/Plan"}}, "Plan[]"),
        ({"type": "array", "items": {"anyOf": [TEXT, NOTHING]}}, "(string | null)[]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "Record<string, number>"),
        ({"type": "object", "additionalProperties": True}, "Record<string, unknown>"),
        ({}, "unknown"),
    ],
)
def test_each_form_of_a_schema_has_its_type(schema: dict[str, Any], expected: str) -> None:
    assert typescript.type_of(schema) == expected


def test_only_what_may_be_null_may_be_missing(types: str) -> None:
    profile = types.partition("export interface Profile {")[2].partition("}")[0]
    assert "  name: string;" in profile
    assert "  bio: string;" in profile
    assert "  display_name?: string | null;" in profile


def test_a_problem_may_lack_what_has_a_default(types: str) -> None:
    assert "  correlation_id?: string;" in types.partition("export interface Problem {")[2].partition("}")[0]


def test_models_that_no_front_gets_are_left_out(types: str) -> None:
    assert "export interface Notification {" in types
    assert "OutboxClaim" not in types


def test_a_live_message_is_known_by_its_type(types: str) -> None:
    assert '  "notification.created": Notification;\n' in types
    assert '  "task.progress",\n] as const' in types


def test_a_stale_file_is_found_with_the_command_that_mends_it(tmp_path: Path) -> None:
    known = load(FOLDER)[0]
    file = tmp_path / typescript.TYPES.path
    file.parent.mkdir(parents=True)
    file.write_text("export interface Profile {}\n", encoding="utf-8")

    (finding,) = typescript.TYPES.check(tmp_path, known)

    assert (finding.rule, finding.fix) == (typescript.TYPES.rule, "python -m tooling contracts schemas --write")
    assert list(typescript.TYPES.check(ROOT, known)) == []
