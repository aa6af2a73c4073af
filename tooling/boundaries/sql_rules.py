"""The rules over the statements of repositories, and whether what remains of old ones is still there."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from shared.contracts.boundaries import SqlRule
from tooling.boundaries import python_names
from tooling.boundaries.tree import Tree, Violation, breaks, violation

DECLARATION = Path("shared", "contracts", "boundaries.yaml")


def check(tree: Tree) -> Iterator[Violation]:
    for rule in tree.boundaries.sql:
        used: set[int] = set()
        for home, path in tree.files(".py"):
            if breaks(rule, home, path):
                yield from _texts(tree, rule, path, used)
        for i, each in enumerate(rule.remains):
            if i not in used and (tree.root / each.path).is_file():
                what = f"nothing of {rule.rule} remains in {each.path}"
                why = "the list says what is left to mend"
                yield Violation(rule.rule, DECLARATION, 1, what, why, "drop the entry from `remains`")


def _texts(tree: Tree, rule: SqlRule, path: Path, used: set[int]) -> Iterator[Violation]:
    known = [(i, each) for i, each in enumerate(rule.remains) if fnmatch(path.as_posix(), each.path)]
    try:
        texts = python_names.read(tree.text(path)).texts
    except SyntaxError:
        return  # python_rules says so
    for text, line in texts:
        for pattern in rule.patterns:
            for found in re.finditer(pattern, text):
                excused = {i for i, each in known if re.search(each.pattern, found[0])}
                used |= excused
                if not excused:
                    at = line + text.count("\n", 0, found.start())
                    excerpt = " ".join(found[0].split())[:60]
                    yield violation(rule, path, at, f"{path.name} decides in SQL: {excerpt!r}")
