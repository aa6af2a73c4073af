"""A command that is stopped while it writes into the tree leaves nothing behind."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tooling.generator import journal
from tooling.generator.names import Refused
from tooling.generator.scratch import git, scratch
from tooling.paths import ROOT

AUTHOR = ["-c", "user.name=A", "-c", "user.email=a@example.com"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A clone with one file and one commit."""
    root = tmp_path / "tree"
    root.mkdir()
    git(root, "init", "-q")
    (root / "kept.txt").write_text("kept\n")
    (root / ".gitignore").write_text(".stack/\n")
    git(root, "add", "-A")
    git(root, *AUTHOR, "commit", "-q", "-m", "one")
    return root


def change(root: Path) -> None:
    """What a command writes: a new folder, and a line more in what is there."""
    (root / "new" / "deep").mkdir(parents=True)
    (root / "new" / "deep" / "file.txt").write_text("new\n")
    (root / "kept.txt").write_text("kept\nchanged\n")


def test_a_change_comes_into_the_tree_as_a_whole(tree: Path) -> None:
    with scratch(tree) as copy:
        change(copy.root)
        assert copy.apply() == [("M", "kept.txt"), ("A", "new/deep/file.txt")]
        place = copy.root
    assert (tree / "new" / "deep" / "file.txt").read_text() == "new\n"
    assert not place.exists()
    assert not (tree / journal.PLACE).exists()


def test_a_tree_with_changes_is_refused(tree: Path) -> None:
    (tree / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="Commit or stash your changes first"), scratch(tree):
        pass
    assert (tree / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError, Refused])
def test_what_is_stopped_while_it_writes_is_put_back(tree: Path, stop: type[BaseException]) -> None:
    changes = [("M", "kept.txt"), ("A", "new/deep/file.txt")]

    def write() -> None:
        with journal.written(tree, changes, git):
            change(tree)
            raise stop

    with pytest.raises(stop):
        write()
    assert git(tree, "status", "--porcelain") == ""
    assert not (tree / "new").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from tooling.generator import journal
from tooling.generator.scratch import git
root = Path(sys.argv[1])
with journal.written(root, [("M", "kept.txt"), ("A", "new/file.txt")], git):
    (root / "new").mkdir()
    (root / "new" / "file.txt").write_text("half")
    (root / "kept.txt").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_killed_while_it_wrote_is_put_back_at_the_next_start(tree: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tree)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert git(tree, "status", "--porcelain") != ""
    with scratch(tree) as copy:
        assert (copy.root / "kept.txt").read_text() == "kept\n"
    assert git(tree, "status", "--porcelain") == ""
    assert not (tree / "new").exists()


def test_what_somebody_committed_since_is_left_alone(tree: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tree)], cwd=ROOT, check=False)
    git(tree, "add", "-A")
    git(tree, *AUTHOR, "commit", "-q", "-m", "as it was")
    assert journal.undo(tree, git)
    assert (tree / "new" / "file.txt").read_text() == "half"


def test_the_copy_of_a_killed_command_is_removed(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"dashboard-{ended.pid}-x"
    left.mkdir()
    with scratch(tree):
        assert not left.exists()
