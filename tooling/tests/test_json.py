"""The shape of every command's `--json`, which programs rely on; a command without one is noticed."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

from tooling.cli import app

OBSERVED = Path("tests", "violations", "observed")
"""A small system with its spans."""
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": {"type": "string"}}


def _object(**properties: Any) -> dict[str, Any]:
    """With exactly these."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


CHECKED = _object(
    check=TEXT,
    ok={"type": "boolean"},
    seconds={"type": "number"},
    cures={"type": "object", "additionalProperties": {"type": "integer"}},
    found=_many({"type": "object"}),
    todo=_many({"type": "object"}),
)
CHANGE = _object(
    feature=TEXT,
    service=TEXT,
    place=TEXT,
    text=TEXT,
    step=TEXT,
    model={"type": "boolean"},
    affected=TEXTS,
    used_by=TEXTS,
)
DIFF = _object(against={"type": ["string", "null"]}, changes=_many(CHANGE), found=_many({"type": "object"}), patch=TEXT)
CALLS = _many({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2})
FLAG = _object(
    feature=TEXT,
    name=TEXT,
    default={"type": "boolean"},
    owner=TEXT,
    expires_on={"type": "string", "format": "date"},
)
PAGE = (
    "name",
    "version",
    "services",
    "data_flow",
    "dependencies",
    "degradation",
    "endpoints",
    "events",
    "files",
    "start",
)
SHAPES: dict[str, dict[str, Any]] = {
    "check": _many(CHECKED),
    "boundaries check": CHECKED,
    "boundaries graph": _object(services={"type": "object"}, calls=CALLS),
    "contracts check": CHECKED,
    "contracts diff": DIFF,
    "contracts diff --released": DIFF,
    "contracts schemas": _object(differing=TEXTS, written={"type": "boolean"}),
    "contracts order profile": _object(
        features=TEXTS,
        rollback={"type": "boolean"},
        version=TEXT,
        layers=_many(_object(stage=TEXT, services=TEXTS, commands=TEXTS)),
    ),
    f"traces check {OBSERVED}/traces --root {OBSERVED}": CHECKED,
    f"traces diagrams {OBSERVED}/traces --root {OBSERVED}": CHECKED,
    "feature show profile": {"type": "object", "required": [*PAGE]},
    "flags list": _many(FLAG),
    "flags stale": _many(FLAG),
}
ELSEWHERE = {"contracts pacts", "contracts release", "feature new", "feature remove", "field add"}
"""What reads what other tests leave, or writes (tooling/tests: test_pacts.py, test_release.py, generator)."""


@pytest.mark.parametrize("command", SHAPES)
def test_the_answer_has_its_shape(command: str):
    result = CliRunner().invoke(app, [*command.split(), "--json"])

    jsonschema.validate(json.loads(result.stdout), SHAPES[command])


def test_every_command_that_answers_programs_is_here():
    root: Any = typer.main.get_command(app)
    examples = {
        " ".join(path)
        for path, command in _commands(root, ())
        if any("--json" in parameter.opts for parameter in command.params)
    }

    assert examples - ELSEWHERE == {_command(shape) for shape in SHAPES}


def _command(shape: str) -> str:
    """Without arguments."""
    words = shape.partition(" -")[0].split()
    return " ".join(word for word in words if word != "profile" and "/" not in word)


def _commands(group: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if not hasattr(group, "commands"):
        return [(path, group)]
    return [found for name, inner in group.commands.items() for found in _commands(inner, (*path, name))]


def test_what_is_found_says_where_and_what_to_do(tmp_path: Any):
    folder = tmp_path / "shared" / "contracts"
    folder.mkdir(parents=True)
    (folder / "boundaries.yaml").write_text("services: [\n")
    result = CliRunner().invoke(app, ["boundaries", "check", "--root", str(tmp_path), "--json"])

    (found,) = json.loads(result.stdout)["found"]
    assert found.keys() == {"rule", "path", "line", "what", "why", "instead"}
