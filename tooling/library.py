"""What `from tooling import ...` gives; the package's own docstring shows how."""

from collections.abc import Sequence
from pathlib import Path

from shared.contracts.boundaries import Boundaries
from shared.contracts.source import Finding
from tooling import openapi
from tooling.boundaries import check as check_boundaries
from tooling.boundaries import read_declaration
from tooling.changes import baseline
from tooling.changes.report import Report, report
from tooling.changes.snapshot import Snapshot
from tooling.contracts.check import check
from tooling.features import Page, page
from tooling.order import Layer, NoOrder, plan
from tooling.paths import ROOT

__all__ = ["ROOT", "check_boundaries", "check_contracts", "deploy_order", "feature_page", "versions_since"]


def check_contracts(root: Path, *, live: bool = True) -> list[Finding]:
    """Everything that is wrong with the contracts; `live` compares with each service's OpenAPI as well."""
    return check(root, (lambda services: openapi.documents_of(services, root)) if live else None)


def deploy_order(root: Path, features: Sequence[str], *, rollback: bool = False) -> list[Layer]:
    """What may go out at once, layer by layer. Raises NoOrder."""
    return plan(Snapshot.from_folder(root).contracts, _declared(root), features, rollback=rollback)


def feature_page(root: Path, name: str) -> Page:
    """One feature. Raises NoOrder when no contract has this name."""
    contracts = Snapshot.from_folder(root).contracts
    if name not in contracts:
        raise NoOrder(f"no contract is called {name!r}; there are {', '.join(contracts)}")
    return page(root, contracts[name], _declared(root))


def versions_since(root: Path, base: str | None = None) -> Report:
    """What changed since `base` (else the last release) and what must follow. Raises NoRevision."""
    found = baseline.find(root, base)
    return report(root, found.snapshot, found.what)


def _declared(root: Path) -> Boundaries:
    found = read_declaration(root)
    if isinstance(found, list):
        raise NoOrder(str(found[0]))
    return found
