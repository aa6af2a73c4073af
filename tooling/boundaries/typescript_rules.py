"""The rules over TypeScript: what a front may import and write, and what may reach the browser."""

import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from tooling.boundaries.tree import Tree, Violation, breaks, violation

OWN_CODE = "front-imports-its-own-code"
WHY = "each front is deployed alone, and no front carries code of a service"
INSTEAD = "shared/front when both fronts need it, otherwise a call to back-api or back-auth"
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
_IMPORT = re.compile(
    r"""(?:^|[\s;}])(?:import|export)\s+(?P<type>type\s)?[^"'`;()]*?["'](?P<static>[^"'\n]+)["']"""
    r"""|\b(?:import|require)\s*\(\s*["'`](?P<dynamic>[^"'`\n]+)["'`]"""
)


def check(tree: Tree) -> Iterator[Violation]:
    for home, path in tree.files(".ts", ".tsx", ".mts", ".js", ".mjs"):
        text = without_comments(tree.text(path))
        for specifier, line in _imports(text):
            yield from _check_import(tree, home, path, specifier, line)
        yield from _check_texts(tree, home, path, text)


@cache
def without_comments(text: str) -> str:
    """`text` with comments blanked, so that lines stay where they are."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


@cache
def _imports(text: str) -> list[tuple[str, int]]:
    """(specifier, line); types are left out, since they are erased."""
    matches = [match for match in _IMPORT.finditer(text) if not match["type"]]
    groups = [(match, "static" if match["static"] else "dynamic") for match in matches]
    return [(match[group], text.count("\n", 0, match.start(group)) + 1) for match, group in groups]


@cache
def places(pattern: str, text: str) -> list[tuple[str, int]]:
    """(what matches, line) of each place where `pattern` stands in `text`."""
    return [(match[0].strip(), text.count("\n", 0, match.start()) + 1) for match in re.finditer(pattern, text)]


def _check_import(tree: Tree, home: str, path: Path, specifier: str, line: int) -> Iterator[Violation]:
    for rule in tree.boundaries.front_imports:
        if breaks(rule, home, path) and any(fnmatch(specifier, module) for module in rule.modules):
            yield violation(rule, path, line, f"{path.name} imports {specifier}")
    target = _target(path, specifier)
    if target in tree.boundaries.services and target != home:
        yield Violation(OWN_CODE, path, line, f"{home} imports {specifier} of {target}", WHY, INSTEAD)


def _target(path: Path, specifier: str) -> str:
    """The top folder, or the package, that `specifier` in `path` leads to."""
    if specifier.startswith("."):
        return posixpath.normpath(posixpath.join(path.parent.as_posix(), specifier)).split("/")[0]
    return specifier.removeprefix("@dashboard/").split("/")[0]


def _check_texts(tree: Tree, home: str, path: Path, text: str) -> Iterator[Violation]:
    for rule in tree.boundaries.front_texts:
        if not breaks(rule, home, path):
            continue
        for pattern in rule.patterns:
            for written, line in places(pattern, text):
                yield violation(rule, path, line, f"{path.name} writes {written[:60]!r}")
    for setting, line in places(r"\b[A-Z_]+_(?:URL|HOST)\b", text):
        peer = tree.peer_of(setting)
        if peer and peer not in tree.calls(home):
            what = f"{home} reads {setting}, but may not call {peer}"
            instead = "back-api or back-auth; or declare the call in shared/contracts/boundaries.yaml"
            yield Violation("only-declared-peers", path, line, what, "a service knows only whom it may call", instead)
