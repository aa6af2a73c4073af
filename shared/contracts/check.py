"""`python -m shared.contracts.check`: are all contracts and boundaries.yaml well-formed and consistent?

The one-shot compose service `shared` runs it before any other service starts; it needs the base packages only.
Prints one line a problem, with file, line and fix; exits with 1 when there is one. What a feature lacks that no service
implements yet is a to-do: printed, but no problem.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shared.contracts import channel_rules, completeness, cross_contract_rules, planned, rules
from shared.contracts.boundaries import Boundaries
from shared.contracts.loader import FOLDER, GENERATED, Known, load
from shared.contracts.rules import Case
from shared.contracts.source import Finding, read

RULES = (*rules.RULES, *completeness.RULES, *channel_rules.RULES)
"""Those of one contract."""


def check(folder: Path = FOLDER) -> list[Finding]:
    """Everything that is wrong with the contracts in `folder`."""
    declared = read(folder / "boundaries.yaml")
    if isinstance(declared, Finding):
        return [declared]
    boundaries = declared.parse(Boundaries)
    if isinstance(boundaries, list):
        return boundaries
    findings = [
        *_named(cross_contract_rules.boundaries_are_consistent, declared, boundaries),
        *_named(cross_contract_rules.rules_are_consistent, declared, boundaries),
    ]
    known, broken = load(folder)
    findings += broken
    for source, contract in known:
        case = Case(source, contract, boundaries)
        findings += [finding for rule in RULES for finding in _named(rule, case)]
    if not broken:  # what one contract lacks would be reported of all others
        findings += [finding for rule in cross_contract_rules.RULES for finding in _named(rule, known)]
    plans = plans_among(known)
    return [planned.as_todo(one) if one.file in plans and one.rule in planned.MISSING else one for one in findings]


def plans_among(known: Known) -> set[Path]:
    """The files of the contracts that no service implements yet."""
    plans = [source for source, contract in known if planned.is_planned(planned.tree_of(source.path), contract)]
    return {path for source in plans for path in (source.path, source.path.with_name(GENERATED))}


def _named(rule: Callable[..., Iterable[Finding]], *arguments: Any) -> Iterator[Finding]:
    """What `rule` finds, under its name."""
    for finding in rule(*arguments):
        yield replace(finding, rule=rule.__name__.replace("_", "-"))


def rule_names() -> set[str]:
    """Every rule that `check` knows."""
    known = (
        *RULES,
        *cross_contract_rules.RULES,
        cross_contract_rules.boundaries_are_consistent,
        cross_contract_rules.rules_are_consistent,
    )
    return {rule.__name__.replace("_", "-") for rule in known} | {"readable", "well-formed"}


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else FOLDER
    findings = check(folder)
    for finding in findings:
        print(finding)
    known, _ = load(folder)
    endpoints = sum(len(contract.endpoints) for _, contract in known)
    todo = sum(finding.todo for finding in findings)
    problems = len(findings) - todo
    print(f"{len(known)} contracts, {endpoints} endpoints, {problems} problems{f', {todo} to do' if todo else ''}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
