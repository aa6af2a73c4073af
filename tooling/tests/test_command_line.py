"""`dashboard ...`: exit codes, JSON, one message instead of a traceback, completion that a shell takes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tooling.cli import app
from tooling.paths import ROOT


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ("boundaries", "check", "--json"),
        ("boundaries", "graph", "--json"),
        ("contracts", "check", "--no-live", "--json"),
        ("check", "--json"),
        ("contracts", "schemas", "--json"),
        ("contracts", "order", "profile", "--json"),
        ("feature", "show", "profile", "--json"),
    ],
)
def test_a_clean_answer_is_json_and_0(arguments: tuple[str, ...]):
    result = _run(*arguments)

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("contracts", "order", "profil"), "no contract is called 'profil'"),
        (("feature", "show", "profil"), "no contract is called 'profil'"),
        (("contracts", "diff", "--base", "v0.0.0"), "git does not know the revision 'v0.0.0'"),
        (("boundaries", "graph", "--root", "/"), "cannot be read"),
        (("contracts", "diff", "--root", "/"), "no git repository"),
        (("traces", "check", "/nowhere"), "there are no spans in /nowhere: run `make test-observed` first"),
        (("traces", "diagrams", "/nowhere"), "there are no spans in /nowhere: run `make test-observed` first"),
    ],
)
def test_what_cannot_be_checked_is_one_message_and_2(arguments: tuple[str, ...], text: str):
    result = _run(*arguments)

    assert result.exit_code == 2
    assert text in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_is_found_is_1_with_file_line_and_fix(tmp_path: Path):
    folder = tmp_path / "shared" / "contracts"
    folder.mkdir(parents=True)
    (folder / "boundaries.yaml").write_text("version: [\n")

    for check in ("boundaries", "contracts"):
        result = _run(check, "check", "--root", str(tmp_path), "--json")
        found = json.loads(result.stdout)["found"]
        assert result.exit_code == 1
        assert [(one["rule"], one["line"]) for one in found] == [("readable", 2)]


@pytest.mark.parametrize("command", ["boundaries check", "contracts diff", "contracts order", "feature show"])
def test_help_teaches_by_examples(command: str):
    result = _run(*command.split(), "--help")

    assert f"dashboard {command}" in " ".join(result.stdout.split())


def test_the_graph_is_drawn_with_every_call():
    result = _run("boundaries", "graph", "--mermaid")

    assert result.stdout.startswith("flowchart LR")
    assert "front_public --> back_api" in result.stdout


def test_a_feature_page_leads_to_its_files():
    shown = json.loads(_run("feature", "show", "profile", "--json").stdout)

    assert shown["start"][:2] == ["shared/contracts/profile/feature.yaml", "back-api/features/profile/domain.py"]
    assert all((ROOT / path).is_file() for paths in shown["files"].values() for path in paths)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on PATH whose completion could be tried")
def test_a_shell_completes_the_names_of_features():
    script = subprocess.run(
        [sys.executable, ROOT / "dashboard", "completion", "bash"], capture_output=True, text=True, check=True
    ).stdout
    asked = f'{script}\nCOMP_WORDS=(dashboard feature show prof); COMP_CWORD=3; _dashboard_completion; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["profile"]
