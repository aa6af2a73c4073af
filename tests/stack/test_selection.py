"""What `make test T=path` and `make test F=feature` choose, and what one part leaves out."""

import subprocess
from pathlib import Path

import pytest

from stack.errors import StackError
from stack.paths import ROOT
from stack.testing import changed, selection, tasks


@pytest.mark.parametrize(
    ("path", "words", "roots", "on_stack"),
    [
        ("back-postgres/tests/test_profiles.py", "pytest", f"{ROOT / 'back-postgres'}:{ROOT}", False),
        ("back-api/tests/features/profile/test_domain.py::test_x", "pytest", f"{ROOT / 'back-api'}:{ROOT}", False),
        ("shared/tests", "pytest", str(ROOT), False),
        ("tests/stack/test_selection.py", "pytest", str(ROOT), False),
        ("tests/integration/test_audit.py", "pytest", str(ROOT), True),
        ("tests/e2e/audit.test.ts", "--project=stories", None, True),
        ("front-public/app/features/profile/fields.test.ts", "vitest", None, False),
        ("front-public/app/features/profile/profile.pact.test.ts", "tests/pacts/vitest.config.ts", None, False),
    ],
)
def test_a_file_is_run_as_its_kind_is(path: str, words: str, roots: str | None, on_stack: bool):
    task = selection.task_for_path(path)

    assert path in task.command
    assert words in " ".join(task.command)
    assert task.environment.get("PYTHONPATH") == roots
    assert task.on_stack == on_stack


def test_a_story_of_a_part_that_is_away_is_its_own_project():
    (first, *_) = sorted((ROOT / "tests" / "e2e" / "degradation").glob("*.test.ts"))

    assert "--project=degradation" in selection.task_for_path(str(first)).command


@pytest.mark.parametrize("path", ["back-api/main.py", "nowhere.py", "/etc/hosts"])
def test_what_is_no_test_is_refused(path: str):
    with pytest.raises(StackError):
        selection.task_for_path(path)


def test_a_feature_is_its_column_its_contract_its_stories_and_its_page():
    chosen = selection.tasks_for_features("profile")

    commands = [" ".join(task.command) for task in chosen]
    for path in (
        "tooling check",
        "back-api/tests/features/profile/test_domain.py",
        "back-api/tests/pacts/test_profile.py",
        "back-postgres/tests/test_profiles.py",
        "tests/contracts tests/docs -k profile",
        "front-public/app/features/profile/fields.test.ts",
        "profile.pact.test.ts",
        "tests/e2e/profile-editing.test.ts",
    ):
        assert any(path in command for command in commands), path
    assert {task.part for task in chosen if task.on_stack} <= {"e2e", "integration"}


def test_a_features_own_tests_on_servers_are_chosen_too():
    (faults,) = [
        task for task in selection.tasks_for_features("billing") if "test_run_faults" in " ".join(task.command)
    ]

    assert (faults.part, "-m" in faults.command[4:]) == ("integration", False)
    assert "back-workers/tests/features/announcements/test_bulk_faults.py" not in faults.command


def test_several_features_share_their_tasks():
    chosen = selection.tasks_for_features("profile", "billing")

    (stories,) = [task for task in chosen if task.part == "e2e"]
    assert {"tests/e2e/profile-editing.test.ts", "tests/e2e/billing.test.ts"} <= set(stories.command)
    (contracts,) = [task for task in chosen if task.part == "contracts"]
    assert contracts.command[-1] == "profile or billing"


def test_a_feature_that_is_none_is_refused():
    with pytest.raises(StackError, match="no contract is called 'bookmark-folders'"):
        selection.tasks_for_features("bookmark-folders")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *arguments], check=True, capture_output=True)

    (tmp_path / "tooling").mkdir()
    (tmp_path / "tooling" / "x.py").touch()
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "First")
    monkeypatch.setattr(changed, "ROOT", tmp_path)
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


@pytest.mark.parametrize(("touched", "left_out"), [("back-api/x.py", True), ("tooling/y.py", False)])
def test_one_part_leaves_out_the_tests_of_checks_that_nobody_touched(clone: Path, touched: str, left_out: bool):
    (clone / touched).parent.mkdir(exist_ok=True)
    (clone / touched).write_text("x = 1\n")

    (task,) = [task for task in tasks.chosen("unit", None) if task.name == "tooling"]

    assert bool(task.skip_reason()) == left_out
    assert not any(task.unchanged for task in tasks.chosen(None, None))
    assert not any(task.unchanged for task in tasks.chosen("unit", "tooling"))


def test_ci_leaves_nothing_out(clone: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", "1")

    assert not any(task.unchanged for task in tasks.chosen("unit", None))


def test_where_git_knows_no_branch_everything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(changed, "ROOT", tmp_path)

    assert changed.unchanged_since(["tooling"]) == ""
