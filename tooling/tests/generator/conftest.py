"""A clone of this repository, as its files are now, in which commands may write."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tooling.generator.scratch import LINKED, git
from tooling.paths import ROOT


@dataclass(frozen=True)
class Clone:
    root: Path

    def dashboard(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`dashboard WORDS` of the clone."""
        command = [sys.executable, "-m", "tooling", *words]
        environment = os.environ | {"PYTHONPATH": str(self.root)}
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def changed(self) -> list[str]:
        """Of the files that differ from the last commit, status and path."""
        return git(self.root, "status", "--porcelain", "--untracked-files=all").splitlines()

    def commit(self) -> None:
        git(self.root, "add", "--all")
        git(self.root, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-qm", "a step")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """For a command that writes."""
    return _cloned(tmp_path)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """For commands that refuse: it stays as it is."""
    return _cloned(tmp_path_factory.mktemp("pristine"))


def _cloned(folder: Path) -> Clone:
    """With what is not committed here, too."""
    root = folder / "clone"
    git(folder, "clone", "--quiet", "--shared", str(ROOT), str(root))
    for name in (*LINKED, ".stack/node"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(ROOT / name)
    with (root / ".git" / "info" / "exclude").open("a", encoding="utf-8") as exclude:
        exclude.write("".join(f"/{name}\n" for name in LINKED))
    made = Clone(root)
    if patch := git(ROOT, "diff", "--binary", "HEAD"):
        git(root, "apply", "--whitespace=nowarn", "-", stdin=patch)
        made.commit()
    return made
