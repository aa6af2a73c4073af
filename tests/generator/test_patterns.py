"""Every pattern is generated, checked, tested, used and removed again; the tree is then as it was, except for migrations."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.generator.copies import clone, commit, git
from tooling.generator import new
from tooling.generator.feature import Wish
from tooling.generator.field import add as adding
from tooling.generator.remove import remove as removing

WISHES = (
    Wish(
        "bookmarks",
        "title:line(200) url:url(2000) done:bool count:int(0,100)? due:date",
        events="created",
        notify=True,
        expires_on="2027-05-31",
    ),
    Wish("reading-entries", "level:choice(low,high) mail:email? note:text(500)?", operations="delete"),
    Wish("checklists", "steps:int(1,9) name:line(80)", events="created,updated,deleted"),
    Wish("house-rules", "title:line(80) text:text(2000)", pattern="admin", events="created"),
    Wish("pledges", "amount:int(1,500) words:line(100)?", pattern="command", events="created", notify=True),
    Wish("data-imports", "title:line(80) rows:int(1,500)?", pattern="task", events="created", notify=True),
    Wish("plants", "title:line(80) rows:int(1,500)?", pattern="live", notify=True, expires_on="2027-05-31"),
)
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


def run(root: Path, *words: str) -> None:
    """Runs a module of Python in the clone, and shows what it printed when it fails."""
    environment = os.environ | {"PYTHONPATH": str(root), "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=root, env=environment, check=False, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, f"{' '.join(words)} failed: see above"


def test_each_is_checked_tested_and_used_on_a_stack(generated: Path) -> None:
    run(generated, "tests.generator.columns", *(wish.name for wish in WISHES))
    assert git(generated, "status", "--porcelain") == ""


def test_each_can_be_removed_to_the_byte(generated: Path) -> None:
    for wish in WISHES:
        removing.remove(generated, wish.name)
        commit(generated, f"Remove {wish.name}")
    first = git(generated, "rev-list", "--max-parents=0", "HEAD").strip()
    changed = git(generated, "diff", "--name-only", first, "HEAD").splitlines()
    assert [path for path in changed if not path.startswith(STAYS)] == []
