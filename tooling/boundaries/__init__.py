"""Is the code what shared/contracts/boundaries.yaml declares? `check` runs every rule over a tree."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tooling.boundaries import (
    compose,
    context_calls,
    gateway,
    python_rules,
    service_folders,
    settings,
    typescript_rules,
)
from tooling.boundaries.tree import Tree, Violation

CHECKS: tuple[Callable[[Tree], Iterator[Violation]], ...] = (
    python_rules.check,
    typescript_rules.check,
    service_folders.check,
    context_calls.check,
    settings.check,
    gateway.check,
    compose.check,
)


def check(root: Path) -> list[Violation]:
    """Everything below `root` that breaks a rule, by file and line."""
    tree = Tree.at(root)
    found = (violation for run in CHECKS for violation in run(tree))
    return sorted(set(found), key=lambda violation: (str(violation.path), violation.line, violation.rule))
