"""The state to compare with: which revision it is, and its files, by git alone."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master", "@{upstream}")
"""What this branch may have left, the first that is there."""


class NoRevision(Exception):
    """Says why there is nothing to compare with."""


@dataclass(frozen=True)
class Base:
    """A commit, and in words what it is: `the last release v1.2.0`."""

    commit: str
    what: str


def find(root: Path, name: str | None = None) -> Base:
    """`name`, or else the last tag, or else where this branch left the default one (on that: where it left its origin).

    A repository with neither tag nor default branch is compared with its last commit.

    Raises:
        NoRevision: no repository, or it does not know `name`.
    """
    if _git(root, "rev-parse", "--verify", "HEAD") is None:
        raise NoRevision(f"{root} is no git repository with a commit: there is nothing to compare with")
    if name:
        commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        if commit is None:
            hint = "; this clone is shallow: git fetch --unshallow --tags" if is_shallow(root) else ""
            raise NoRevision(f"git does not know the revision {name!r}{hint}")
        return Base(commit, name)
    return _last_tag(root) or _branching(root) or _last_commit(root)


def last_release(root: Path) -> Base | None:
    """The last tag that this commit holds; None when nothing is released, or nothing is kept in git here.

    Raises:
        NoRevision: a shallow clone, in which tags may be missing.
    """
    found = _last_tag(root)
    if found is None and is_shallow(root):
        raise NoRevision("this clone is shallow, so its tags may be missing: git fetch --unshallow --tags")
    return found


def _last_tag(root: Path) -> Base | None:
    tag = _git(root, "describe", "--tags", "--abbrev=0")
    return Base(_git(root, "rev-parse", f"{tag}^{{commit}}") or "", f"the last release {tag}") if tag else None


def describe(root: Path, commit: str = "HEAD") -> str:
    """The name of `commit` as a tag of images: its own tag, or the last one with what came since, or its number."""
    dirty = ["--dirty"] if commit == "HEAD" else [commit]
    return _git(root, "describe", "--tags", "--always", *dirty) or "local"


def before(root: Path, base: Base) -> str:
    """The name of what ran before HEAD: of `base`, or of the last tag before HEAD when `base` is HEAD itself."""
    if base.commit == _git(root, "rev-parse", "HEAD"):
        return _git(root, "describe", "--tags", "--always", "--abbrev=0", "HEAD^") or describe(root, base.commit)
    return describe(root, base.commit)


def is_shallow(root: Path) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository") == "true"


def _branching(root: Path) -> Base | None:
    for name in MAIN:
        if commit := _git(root, "merge-base", "HEAD", name):
            ours = _git(root, "rev-list", "--count", f"{commit}..HEAD")
            since = f"{ours} commits ago" if ours != "0" else "its last commit, so only what is not committed counts"
            return Base(commit, f"where this branch left {name} ({commit[:9]}, {since}); no tag was found")
    return None


def _last_commit(root: Path) -> Base:
    commit = _git(root, "rev-parse", "HEAD") or ""
    return Base(commit, f"the last commit ({commit[:9]}); neither a tag nor a default branch was found")


def files(root: Path, commit: str, folders: tuple[str, ...]) -> dict[str, str]:
    """The text of all files of `commit` below `folders`, in one call of git."""
    listed = (_git(root, "ls-tree", "-r", "-z", commit, "--", *folders) or "").split("\0")
    entries = [entry.partition("\t") for entry in listed if " blob " in entry]
    blobs = {path: meta.split()[2] for meta, _, path in entries if path.endswith((".yaml", ".py", "VERSION"))}
    asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    done = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), "cat-file", "--batch"],  # noqa: S607
        input=asked,
        capture_output=True,
        check=False,
    )
    return dict(zip(blobs, _contents(done.stdout), strict=True))


def _contents(stream: bytes) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(stream):
        end = stream.index(b"\n", at)
        size = int(stream[at:end].split()[2])
        found.append(stream[end + 1 : end + 1 + size].decode("utf-8", errors="replace"))
        at = end + 1 + size + 1
    return found


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints, or None when it refuses. Raises NoRevision when there is no git."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise NoRevision(f"git cannot be run ({error.strerror}): install it, or put it on PATH") from error
    return done.stdout.strip() if done.returncode == 0 else None
