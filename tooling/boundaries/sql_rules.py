"""The rules over the statements of repositories."""

import re
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.boundaries import TextRule
from tooling.boundaries import python_names
from tooling.boundaries.tree import Tree, Violation, breaks, violation


def check(tree: Tree) -> Iterator[Violation]:
    for rule in tree.boundaries.sql:
        for home, path in tree.files(".py"):
            if breaks(rule, home, path):
                yield from _texts(tree, rule, path)


def _texts(tree: Tree, rule: TextRule, path: Path) -> Iterator[Violation]:
    try:
        texts = python_names.read(tree.text(path)).texts
    except SyntaxError:
        return  # python_rules says so
    for text, line in texts:
        for pattern in rule.patterns:
            for found in re.finditer(pattern, text):
                at = line + text.count("\n", 0, found.start())
                excerpt = " ".join(found[0].split())[:60]
                yield violation(rule, path, at, f"{path.name} decides in SQL: {excerpt!r}")
