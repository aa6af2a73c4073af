"""A copy of the last commit in which a command works: the tree gets the whole change at once, or nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tooling.generator import journal
from tooling.generator.names import Refused

LINKED = ("node_modules", ".venv")
"""What a clone does not bring, and its commands need."""
SECONDS = 300
PREFIX = "dashboard-"


@dataclass(frozen=True)
class Scratch:
    """`root` is the copy of what is committed in `origin`."""

    origin: Path
    root: Path

    def tooling(self, *words: str) -> str:
        """What `python -m tooling WORDS` of the copy prints.

        Raises:
            Refused: it finds something, or cannot do it; says what.
        """
        return self.run([sys.executable, "-m", "tooling", *words])

    def run(
        self,
        command: list[str],
        *,
        fails: tuple[int, ...] = (),
        stdin: str | None = None,
        more_path: Sequence[Path] = (),
    ) -> str:
        """What a command prints in the copy, when `stdin` is its input; `more_path` is where Python looks first.

        Raises:
            Refused: it ends with another code than 0 or one of `fails`; says what it printed last.
        """
        done = subprocess.run(  # noqa: S603 - our own commands
            command,
            cwd=self.root,
            env=self._environment(more_path),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode not in (0, *fails):
            lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            shown = [line for line in lines if not line.startswith(("✓", "run:"))][-6:]
            raise Refused(f"Nothing was changed: {' '.join(command[1:4])} says: {' | '.join(shown)}")
        return done.stdout

    def _environment(self, more_path: Sequence[Path]) -> dict[str, str]:
        python = os.pathsep.join(map(str, [*more_path, self.root]))
        node = str(self.origin / ".stack" / "node" / "bin")
        path = os.pathsep.join([node, os.environ.get("PATH", "")])
        return os.environ | {"PYTHONPATH": python, "PATH": path, "COLUMNS": "200"}

    def changed(self) -> list[tuple[str, str]]:
        """Status letter and path of each file that differs from the commit."""
        git(self.root, "add", "--all")
        listed = git(self.root, "diff", "--cached", "--name-status", "--no-renames", "HEAD")
        return [(line.split("\t")[0], line.split("\t")[1]) for line in listed.splitlines()]

    def apply(self) -> list[tuple[str, str]]:
        """Brings the change into the tree, all of it or nothing; returns what `changed` does."""
        changed = self.changed()
        patch = git(self.root, "diff", "--cached", "--binary", "--no-renames", "HEAD")
        if patch:
            refuse_changes(self.origin)
            with journal.written(self.origin, changed, git):
                git(self.origin, "apply", "--whitespace=nowarn", "-", stdin=patch)
        return changed


@contextmanager
def scratch(origin: Path) -> Generator[Scratch]:
    """A copy of what is committed in `origin`, which is gone at the end whatever happens.

    Raises:
        Refused: `origin` is no clone, or holds changes that are not committed.
    """
    journal.undo(origin, git)
    refuse_changes(origin)
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        root = folder / "tree"
        git(folder, "clone", "--quiet", "--shared", str(origin), str(root))
        for name in LINKED:
            if (origin / name).exists():
                (root / name).symlink_to(origin / name)
        with (root / ".git" / "info" / "exclude").open("a", encoding="utf-8") as exclude:
            exclude.write("".join(f"/{name}\n" for name in LINKED))
        yield Scratch(origin, root)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_leftovers() -> None:
    """Copies of commands that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and folder.stat().st_uid == os.getuid() and not _runs(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def refuse_changes(root: Path) -> None:
    """Raises Refused when `root` is no clone, or holds changes that are not committed."""
    changed = git(root, "status", "--porcelain").splitlines()
    if changed:
        what = changed[0][3:] + (f" and {len(changed) - 1} more" if changed[1:] else "")
        raise Refused(
            f"Commit or stash your changes first ({what}), so that this one can be seen and undone by itself."
        )


def git(folder: Path, *words: str, stdin: str | None = None) -> str:
    """What git prints in `folder`. Raises Refused with its last line."""
    command = ["git", "-C", str(folder), *words]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    except FileNotFoundError:
        raise Refused("This needs git, which is not installed.") from None
    if done.returncode:
        raise Refused(f"git cannot do it: {(done.stderr.strip() or 'it says nothing').splitlines()[-1]}")
    return done.stdout
