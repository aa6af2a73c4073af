"""`dashboard check`: all static checks, one after the other."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from shared.contracts.source import Finding
from tooling import openapi
from tooling.boundaries import check as boundaries
from tooling.boundaries.tree import Violation
from tooling.changes import baseline, revision
from tooling.changes.report import report
from tooling.cli.boundaries import Root
from tooling.cli.output import FOUND, Json, as_json, refusing, tell, told
from tooling.contracts.check import check as contracts
from tooling.paths import ROOT

CHECKS: dict[str, Callable[[Path], Sequence[Finding | Violation]]] = {
    "boundaries": boundaries,
    "contracts": lambda root: contracts(root, lambda services: openapi.of_all(services, root)),
    "versions since the last release": lambda root: _versions(root),
}


def check(root: Root = ROOT, json_: Json = False) -> None:
    """Run all static checks: boundaries, contracts, and versions since the last release.

    Example:

      dashboard check
    """
    reports: list[dict[str, object]] = []
    for title, run in CHECKS.items():
        began = time.perf_counter()
        with refusing(OSError, revision.NoRevision):
            found = run(root)
        reports.append(told(title, found, began))
        if not json_:
            tell(title, found, began)
    if json_:
        as_json(reports)
    raise typer.Exit(0 if all(one["ok"] for one in reports) else FOUND)


def _versions(root: Path) -> list[Finding]:
    """Nothing, when nothing is released yet."""
    base = baseline.last_release(root)
    return report(root, base.snapshot, base.what).findings if base else []
