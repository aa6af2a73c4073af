"""A copy of the tree in which mutants are tried, so that nobody's files are touched."""

import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tooling.mutation.parts import tracked_files

INSTALLED = [".venv", "node_modules", ".stack/node", ".stack/cache", "front-public/build", "front-admin/build"]


@contextmanager
def copied(root: Path) -> Generator[Path]:
    """The folder of the copy, which is gone afterwards. What was installed is linked, not copied."""
    with TemporaryDirectory(prefix="mutation-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / root.name
        for name in tracked_files(root):
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target, follow_symlinks=False)
        for arguments in (["init", "-q"], ["add", "-A"]):  # tests ask git which files there are
            subprocess.run(["git", "-C", str(copy), *arguments], check=True, capture_output=True)  # noqa: S603, S607
        for name in INSTALLED:
            if (root / name).exists():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).symlink_to((root / name).resolve())
        yield copy
