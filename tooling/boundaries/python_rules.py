"""The import and text rules over Python, and: no service imports another service's code."""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path

from tooling.boundaries import python_names
from tooling.boundaries.tree import Tree, Violation, breaks, violation

STAYS_HOME = "no-code-of-another-service"
WHY = "services are deployed one by one; they share only what lies in shared/ (and the typed client back_redis)"
INSTEAD = "shared/ when both need it, otherwise a call over HTTP with ServiceClient"


def check(tree: Tree) -> Iterator[Violation]:
    modules = _modules_by_service(tree)
    for home, path in tree.files(".py"):
        try:
            names = python_names.read(tree.text(path))
        except SyntaxError as error:
            yield Violation(
                "readable", path, error.lineno or 1, str(error.msg), "it cannot be checked", "mend the syntax"
            )
            continue
        used = list(dict.fromkeys(names.used))
        yield from _imports(tree, home, path, used)
        yield from _foreign(tree, home, path, used, modules)
        yield from _texts(tree, home, path, names.texts)
        yield from _code(tree, home, path)
        for line in names.path_tricks if home != "shared" else ():
            yield Violation(STAYS_HOME, path, line, "changes sys.path", WHY, INSTEAD)


def _imports(tree: Tree, home: str, path: Path, used: list[tuple[str, int]]) -> Iterator[Violation]:
    for rule in tree.boundaries.imports:
        if breaks(rule, home, path):
            for name, line in used:
                if not _around(name).isdisjoint(rule.modules) or _brings_in(name, rule.modules):
                    yield violation(rule, path, line, f"{home} uses {name}")


@cache
def _around(name: str) -> frozenset[str]:
    """`a`, `a.b` and `a.b.c` of `a.b.c`."""
    return frozenset(accumulate(name.split("."), "{}.{}".format))


def _brings_in(name: str, modules: Iterable[str]) -> bool:
    """Whether `name` is that of `from module import *`, which brings in all symbols of the module."""
    return name.endswith("*") and any(module.startswith(name[:-1]) for module in modules)


def _foreign(
    tree: Tree, home: str, path: Path, used: list[tuple[str, int]], modules: dict[str, set[str]]
) -> Iterator[Violation]:
    for name, line in used:
        top = name.partition(".")[0]
        owner = top.replace("_", "-")
        if top != "back_redis" and owner in modules and owner != home:
            yield Violation(STAYS_HOME, path, line, f"{home} imports {name} of {owner}", WHY, INSTEAD)
        elif top not in modules.get(home, set()) | _importable():
            for other in sorted(other for other, tops in modules.items() if top in tops and other != home):
                yield Violation(STAYS_HOME, path, line, f"{home} imports {name}, which only {other} has", WHY, INSTEAD)
                break


@cache
def _importable() -> set[str]:
    return {*sys.stdlib_module_names, "shared", "back_redis"}


def _modules_by_service(tree: Tree) -> dict[str, set[str]]:
    """The top-level modules of each service's folder."""
    return {
        home: {entry.stem for entry in (tree.root / home).iterdir() if entry.suffix == ".py" or entry.is_dir()}
        - {"tests"}
        for home in tree.homes
        if home != "shared"
    }


def _texts(tree: Tree, home: str, path: Path, texts: list[tuple[str, int]]) -> Iterator[Violation]:
    for rule in tree.boundaries.texts:
        if breaks(rule, home, path):
            for text, line in texts:
                if any(re.search(pattern, text) for pattern in rule.patterns):
                    yield violation(rule, path, line, f"{home} writes {text.strip()[:60]!r}")


def _code(tree: Tree, home: str, path: Path) -> Iterator[Violation]:
    for rule in tree.boundaries.code:
        if breaks(rule, home, path):
            code = python_names.code(tree.text(path))
            for pattern in rule.patterns:
                for match in re.finditer(pattern, code):
                    line = code.count("\n", 0, match.start()) + 1
                    yield violation(rule, path, line, f"{home} writes {match[0].strip()[:60]!r}")
