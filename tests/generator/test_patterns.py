"""Every pattern is generated, checked, tested, used and removed again; the tree is then as it was, except for migrations."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.native.privileges import die_with_parent
from tests.generator.copies import clone, commit, git, twin
from tooling.generator import new
from tooling.generator.field import add as adding
from tooling.generator.remove import remove as removing
from tooling.generator.wish import Wish

WISHES = (
    Wish(
        "bookmarks",
        "title:line(200) url:url(2000) done:bool count:int(0,100)? due:date",
        events="created,updated,deleted",
        notify=True,
        flag=True,
    ),
    Wish("reading-entries", "level:choice(low,high) mail:email? note:text(500)? steps:int(1,9)", operations="delete"),
    Wish("house-rules", "title:line(80) text:text(2000)", pattern="admin", events="created"),
    Wish("pledges", "amount:int(1,500) words:line(100)?", pattern="command", events="created", notify=True),
    Wish("data-imports", "title:line(80) rows:int(1,500)?", pattern="task", events="created", notify=True),
    Wish("plants", "title:line(80) rows:int(1,500)?", pattern="live", notify=True, flag=True),
)
NAMES = [wish.name for wish in WISHES]
STAYS = "back-postgres/migrations/"
"""What was migrated is answered by a new migration, not taken back."""


@pytest.fixture(scope="module")
def before() -> Iterator[Path]:
    """A clone in which nothing is generated yet."""
    with clone() as root:
        yield root


@pytest.fixture(scope="module")
def generated(before: Path) -> Path:
    """The clone with a feature of each pattern, one of which got a field more."""
    features = [new.feature_of(wish, before) for wish in WISHES]
    new.make_all(features, before, print, verified=False)
    commit(before, "Generate one of each pattern")
    adding.add(before, WISHES[0].name, "rating:int(1,5)", default="3")
    commit(before, "Add a field")
    return before


@pytest.fixture(scope="module")
def columns(
    generated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """All checks and tests of the features, which go on while they are removed from a twin; and what is printed."""
    log = tmp_path_factory.mktemp("columns") / "log"
    environment = os.environ | {"PYTHONPATH": str(generated), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "tests.generator.columns", *NAMES]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=generated, env=environment, stdout=output, stderr=output, preexec_fn=die_with_parent
        )
    with process:
        yield process, log
        process.terminate()


@pytest.mark.usefixtures("columns")
def test_each_can_be_removed_to_the_byte(generated: Path) -> None:
    with twin(generated) as root:
        removing.remove_all(root, NAMES)
        commit(root, "Remove all of them")
        first = git(root, "rev-list", "--max-parents=0", "HEAD").strip()
        changed = git(root, "diff", "--name-only", first, "HEAD").splitlines()
    assert [path for path in changed if not path.startswith(STAYS)] == []


def test_each_is_checked_tested_and_used_on_a_stack(
    generated: Path, columns: tuple["subprocess.Popen[bytes]", Path]
) -> None:
    process, log = columns
    assert process.wait() == 0, log.read_text("utf-8")
    assert git(generated, "status", "--porcelain") == ""
