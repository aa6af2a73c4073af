"""What is being brought into the tree, so that a command that was killed meanwhile is undone at the next start."""

import json
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

PLACE = Path(".stack", "generator.json")
Change = tuple[str, str]
"""Status letter (A, M, D) and path of a file."""


class Git(Protocol):
    def __call__(self, folder: Path, *words: str) -> str: ...


@contextmanager
def written(root: Path, changes: Sequence[Change], git: Git) -> Generator[None]:
    """Around the writing of `changes` into the clean tree at `root`: undone when it fails, or is stopped."""
    place = root / PLACE
    place.parent.mkdir(exist_ok=True)
    text = json.dumps({"commit": git(root, "rev-parse", "HEAD").strip(), "changes": list(changes)})
    with place.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        yield
    except BaseException:
        undo(root, git)
        raise
    place.unlink()


def undo(root: Path, git: Git) -> bool:
    """Puts back what a killed command has begun to write; whether there was such a one.

    Files of a commit that came since are left as they are.
    """
    place = root / PLACE
    if not place.is_file():
        return False
    with suppress(ValueError):  # killed while it wrote this, so nothing else is written
        begun = json.loads(place.read_text("utf-8"))
        if begun["commit"] == git(root, "rev-parse", "HEAD").strip():
            _put_back(root, begun["changes"], git)
    place.unlink()
    return True


def _put_back(root: Path, changes: Sequence[Change], git: Git) -> None:
    for letter, path in changes:
        if letter != "A":
            git(root, "checkout", "HEAD", "--", path)
            continue
        file = root / path
        file.unlink(missing_ok=True)
        for folder in file.relative_to(root).parents[:-1]:
            with suppress(OSError):  # somebody else's files are in it
                (root / folder).rmdir()
