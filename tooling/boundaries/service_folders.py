"""Every service can be read: a CONTEXT.md that fits a screen, a short main.py, a VERSION."""

import re
from collections.abc import Iterator
from pathlib import Path

from tooling.boundaries.tree import Tree, Violation

CONTEXT_LINES = 60
MAIN_LINES = 40
PYTHON = ("back", "repository")


def check(tree: Tree) -> Iterator[Violation]:
    for home in (*tree.boundaries.in_repository(), "shared"):
        yield from _context(tree, Path(home))
        yield from _version(tree, Path(home))
    for name, service in tree.boundaries.in_repository().items():
        if service.kind in PYTHON:
            yield from _main(tree, Path(name))


def _context(tree: Tree, home: Path) -> Iterator[Violation]:
    path = home / "CONTEXT.md"
    rule = "context-fits-a-screen"
    why = "whoever opens the folder learns in a minute what it owns, can and cannot"
    if not (tree.root / path).is_file():
        yield Violation(
            rule, path, 1, "does not exist", why, "write it: owns, can, cannot, calls, called by, run alone"
        )
        return
    lines = tree.text(path).count("\n")
    if lines > CONTEXT_LINES:
        yield Violation(rule, path, lines, f"has {lines} lines, at most {CONTEXT_LINES}", why, "docs/")


def _main(tree: Tree, home: Path) -> Iterator[Violation]:
    path = home / "main.py"
    rule = "main-is-a-table-of-contents"
    why = "a service's main shows its parts at a glance"
    if not (tree.root / path).is_file():
        yield Violation(rule, path, 1, "does not exist", why, "write it: settings, lifespan, create_app, serve")
        return
    lines = tree.text(path).count("\n")
    if lines >= MAIN_LINES:
        yield Violation(rule, path, lines, f"has {lines} lines, under {MAIN_LINES}", why, "a module beside it")


def _version(tree: Tree, home: Path) -> Iterator[Violation]:
    path = home / "VERSION"
    why = "contracts name the versions that they hold between"
    if not (tree.root / path).is_file():
        yield Violation("version-is-shown", path, 1, "does not exist", why, "write it: 1.0.0")
    elif not re.fullmatch(r"\d+\.\d+\.\d+\n", tree.text(path)):
        yield Violation("version-is-shown", path, 1, "is not major.minor.patch", why, "write it as 1.0.0")
