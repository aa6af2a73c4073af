"""`dashboard feature new`: what it answers on the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tooling.cli import app
from tooling.cli.field import print_changes

FIELDS = ("--fields", "title:line(200)")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["feature", "new", *arguments])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("profile", *FIELDS), "there is one of that name already"),
        (("Gizmos", *FIELDS), "use small letters"),
        (("gizmos",), "There has to be a field"),
        (("gizmos", "--fields", "title:varchar"), "is not known"),
        (("gizmos", *FIELDS, "--event", "exploded"), "There is no event 'exploded'"),
        (("gizmos", *FIELDS, "--notify"), "People are notified of the event 'created'"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_2(arguments: tuple[str, ...], why: str) -> None:
    answer = run(*arguments)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert why in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_dry_run_shows_the_tree_and_writes_nothing() -> None:
    answer = run("gizmos", *FIELDS, "--dry-run")
    assert answer.exit_code == 0, answer.output
    assert "back-api/features/gizmos/\n  __init__.py\n  api.py\n" in answer.stdout
    assert answer.stdout.endswith("files would be made; nothing is written\n")


def test_programs_get_json() -> None:
    answer: Any = json.loads(run("gizmos", *FIELDS, "--dry-run", "--json").stdout)
    assert (answer["feature"], answer["written"], answer["changed"]) == ("gizmos", False, [])
    assert "shared/models/gizmo.py" in answer["made"]


@pytest.mark.parametrize("dry_run", [False, True])
def test_programs_get_the_changed_files_as_json(capsys: pytest.CaptureFixture[str], *, dry_run: bool) -> None:
    print_changes([("A", "shared/models/gizmo.py"), ("D", "docs/gizmos.md")], dry_run=dry_run, json_=True)
    assert json.loads(capsys.readouterr().out) == {
        "changed": [
            {"path": "shared/models/gizmo.py", "what": "added"},
            {"path": "docs/gizmos.md", "what": "removed"},
        ],
        "written": not dry_run,
    }
