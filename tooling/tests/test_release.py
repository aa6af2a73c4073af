"""`contracts release`: raises what a release raises, and keeps in the tree what it promised."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.violations.tree import VERSIONED
from tooling.changes import released, shared_names
from tooling.changes.snapshot import Snapshot
from tooling.cli import app
from tooling.paths import ROOT

CONTRACT = "shared/contracts/greeting/feature.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The small system, released once as 1.0.0."""
    for path in VERSIONED.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(VERSIONED)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert _run(tmp_path, "release", "1.0.0").exit_code == 0
    return tmp_path


def _run(tree: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["contracts", command, *arguments, "--root", str(tree)])


def _change(tree: Path, find: str, replace: str, path: str = CONTRACT) -> None:
    text = (tree / path).read_text(encoding="utf-8")
    assert find in text
    (tree / path).write_text(text.replace(find, replace), encoding="utf-8")


def test_nothing_changed_since(tree: Path):
    done = _run(tree, "diff", "--released")

    assert done.exit_code == 0
    assert "compared with the last release 1.0.0" in done.stdout
    assert "no contract, event or shared name changed" in done.stdout


def test_a_release_raises_services_and_ranges_after_the_branch_raised_its_contract(tree: Path):
    _change(tree, "    auth: none\n", "    auth: user\n")
    assert _run(tree, "diff").exit_code == 1
    _change(tree, "version: 1.0.0", "version: 2.0.0")
    assert _run(tree, "diff").exit_code == 0
    assert _run(tree, "diff", "--release").exit_code == 1

    printed = json.loads(_run(tree, "release", "1.1.0", "--json").stdout)

    assert printed["version"] == "1.1.0"
    assert {"back-api/VERSION", CONTRACT, released.FILE.as_posix()} <= set(printed["written"])
    after = Snapshot.from_folder(tree)
    assert (after.versions["back-api"], after.versions["back-postgres"]) == ("2.0.0", "1.0.0")
    assert ("front-public", "back-api", ">=2.0.0") in after.contracts["greeting"].ranges()
    assert _run(tree, "diff", "--release").exit_code == 0


def test_shared_names_are_kept_without_their_bodies(tree: Path):
    path = "shared/security/constants.py"
    _change(
        tree, "REFRESH_GRACE = 10", "REFRESH_GRACE = 10\n\n\ndef doubled(text: str) -> str:\n    return text * 2", path
    )
    assert _run(tree, "release", "1.1.0").exit_code == 0
    found = released.read(tree)
    assert found
    assert found.snapshot.files[path].endswith("def doubled(text: str): ...\n")

    _change(tree, "(text: str)", "(text: str, times: int)", path)

    assert "major shared shared" in _run(tree, "diff").stdout
    assert "shared/VERSION" in _run(tree, "diff", "--release").stdout


@pytest.mark.parametrize("source", ["A = 1\n", "A: int\n", "def f(a, *, b=1): ...\n", "_A = 1\nclass B: ...\n"])
def test_a_stub_has_the_same_public_names(source: str):
    assert shared_names.public(shared_names.stub(source)) == shared_names.public(source)


@pytest.mark.parametrize("version", ["1.0.0", "0.9.0", "next"])
def test_a_version_that_is_no_later_one_is_refused(tree: Path, version: str):
    done = _run(tree, "release", version)

    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_this_tree_keeps_its_last_release():
    assert released.read(ROOT), "write it: python -m tooling contracts release VERSION"
