"""A clone of the tree for a test that generates into it: what is installed is linked, what is built is its own."""

import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tooling.paths import ROOT

AUTHOR = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
STAMPS = "stamps"


@contextmanager
def clone() -> Generator[Path]:
    """The files of the working tree, whether they are committed or not, in one commit."""
    with TemporaryDirectory(prefix="generated-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / ROOT.name
        for each in (Path(folder), root, root / ".stack", root / ".stack" / "cache"):
            each.mkdir(exist_ok=True)
            each.chmod(0o711)  # root's servers run as nobody
        for name in _listed():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name, follow_symlinks=False)
        git(root, "init", "-q")
        commit(root, "The tree as it is")
        _link_what_is_installed(root)
        yield root


@contextmanager
def twin(root: Path) -> Generator[Path]:
    """What is committed in `root`, with its history."""
    with TemporaryDirectory(prefix="generated-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / ROOT.name
        git(root, "clone", "-q", "--shared", str(root), str(copy))
        (copy / ".stack" / "cache").mkdir(parents=True)
        _link_what_is_installed(copy)
        yield copy


def commit(root: Path, message: str) -> None:
    """Commits everything."""
    git(root, "add", "-A")
    git(root, *AUTHOR, "commit", "-q", "-m", message)


def git(root: Path, *words: str) -> str:
    """What git prints."""
    done = subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True)
    return done.stdout


def _listed() -> list[str]:
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return [name for name in names if name and ((ROOT / name).is_file() or (ROOT / name).is_symlink())]


def _link_what_is_installed(root: Path) -> None:
    """`@dashboard/front` is the clone's own, so that its types are those of its models; stamps say what the clone has built."""
    (root / ".venv").symlink_to(ROOT / ".venv")
    (root / ".git" / "info" / "exclude").write_text("/.venv\n", "utf-8")  # .gitignore means folders
    _link_each(ROOT / "node_modules", root / "node_modules", but="@dashboard")
    _link_each(ROOT / ".stack" / "cache", root / ".stack" / "cache", but=STAMPS)
    for tool in ("node", "uv"):
        (root / ".stack" / tool).symlink_to(ROOT / ".stack" / tool)
    shutil.copytree(ROOT / "node_modules" / "@dashboard", root / "node_modules" / "@dashboard", symlinks=True)
    shutil.copytree(ROOT / ".stack" / "cache" / STAMPS, root / ".stack" / "cache" / STAMPS)


def _link_each(source: Path, target: Path, *, but: str) -> None:
    target.mkdir(exist_ok=True)
    for path in source.iterdir():
        if path.name != but:
            (target / path.name).symlink_to(path)
