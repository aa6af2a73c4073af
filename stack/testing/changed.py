"""The files that changed on this branch and in the work tree, from git."""

import subprocess
from collections.abc import Sequence

from stack.paths import ROOT

MAIN = ("origin/HEAD", "origin/main", "main")


def unchanged_since(paths: Sequence[str]) -> str:
    """Where the branch began, when nothing below `paths` changed since; empty when something did, or git does not know."""
    base = next(filter(None, (_git("merge-base", "HEAD", name) for name in MAIN)), "")
    if not base:
        return ""
    changed = _git("diff", "--name-only", base, "--", *paths)
    fresh = _git("ls-files", "--others", "--exclude-standard", "--", *paths)
    return "" if changed or fresh or changed is None else base[:9]


def _git(*arguments: str) -> str | None:
    """What git prints; None when it refuses, or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
