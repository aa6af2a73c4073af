"""Room on the disk, looked at before something begins, so that nothing is left half done."""

import shutil
from pathlib import Path

from stack.errors import StackError

MEBIBYTE = 1 << 20


def free(folder: Path) -> int:
    """MiB on the disk that `folder` lies on, or will lie on."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return shutil.disk_usage(there).free // MEBIBYTE


def require(folder: Path, mebibytes: int, doing: str) -> None:
    """Raises StackError when the disk has less."""
    if (left := free(folder)) < mebibytes:
        raise StackError(
            f"The disk of {folder} is too full for {doing}: {left} MiB are free, {mebibytes} MiB are needed. "
            "Free some space, then run the same command again; nothing was begun."
        )
