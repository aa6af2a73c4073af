"""`dashboard check`: all static checks. The services' applications, which take longest to make, are made meanwhile."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import typer

from shared.contracts.loader import load
from shared.contracts.source import Finding
from tooling import openapi
from tooling.boundaries import check as boundaries
from tooling.boundaries.tree import Violation
from tooling.changes import baseline, revision
from tooling.changes.report import report
from tooling.cli.boundaries import Root
from tooling.cli.output import FOUND, Json, document, print_findings, print_json, refusing
from tooling.contracts.check import check as contracts
from tooling.paths import ROOT

Documents = Future[openapi.Documents]
CHECKS: dict[str, Callable[[Path, Documents], Sequence[Finding | Violation]]] = {
    "boundaries": lambda root, _: boundaries(root),
    "versions since the last release": lambda root, _: _versions(root),
    "contracts": lambda root, documents: contracts(root, lambda _: documents.result()),
}


def check(root: Root = ROOT, json_: Json = False) -> None:
    """Run all static checks: boundaries, contracts, and versions since the last release.

    Example:

      dashboard check
    """
    reports: list[dict[str, object]] = []
    with ThreadPoolExecutor(1) as meanwhile:
        documents = meanwhile.submit(_documents, root)
        for title, run in CHECKS.items():
            began = time.perf_counter()
            with refusing(OSError, revision.NoRevision):
                found = run(root, documents)
            reports.append(document(title, found, began))
            if not json_:
                print_findings(title, found, began)
    if json_:
        print_json(reports)
    raise typer.Exit(0 if all(one["ok"] for one in reports) else FOUND)


def _documents(root: Path) -> openapi.Documents:
    known, _ = load(root / "shared" / "contracts")
    services = {endpoint.service for _, contract in known for endpoint in contract.endpoints}
    return openapi.documents_of(sorted(services), root)


def _versions(root: Path) -> list[Finding]:
    """Nothing, when nothing is released yet."""
    base = baseline.last_release(root)
    return report(root, base.snapshot, base.what).findings if base else []
