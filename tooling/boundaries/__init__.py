"""Is the code what shared/contracts/boundaries.yaml declares? `check` runs every rule over a tree."""

from collections.abc import Callable, Iterator
from pathlib import Path

from shared.contracts.boundaries import Boundaries
from shared.contracts.source import Finding, read
from tooling.boundaries import (
    addresses,
    columns,
    compose,
    context_calls,
    gateway,
    grants,
    migrations,
    python_rules,
    service_folders,
    settings,
    sql_rules,
    statements,
    typescript_rules,
)
from tooling.boundaries.tree import Tree, Violation

CHECKS: tuple[Callable[[Tree], Iterator[Violation]], ...] = (
    Tree.unreadable,
    python_rules.check,
    typescript_rules.check,
    service_folders.check,
    context_calls.check,
    settings.check,
    addresses.check,
    gateway.check,
    compose.check,
    grants.check,
    statements.check,
    sql_rules.check,
    migrations.check,
    columns.check,
)


DECLARATION = Path("shared", "contracts", "boundaries.yaml")


def read_declaration(root: Path) -> Boundaries | list[Finding]:
    """The declaration below `root`, or what is wrong with it."""
    source = read(root / DECLARATION)
    return [source] if isinstance(source, Finding) else source.parse(Boundaries)


def check(root: Path) -> list[Violation]:
    """Everything below `root` that breaks a rule, by file and line."""
    declared = read_declaration(root)
    if isinstance(declared, list):
        return [
            Violation(one.rule, DECLARATION, one.line, one.text, "nothing holds without it", one.fix)
            for one in declared
        ]
    tree = Tree(root, declared)
    found = (violation for run in CHECKS for violation in run(tree))
    return sorted(set(found), key=lambda violation: (str(violation.path), violation.line, violation.rule))
