"""Each file in cases/ breaks one rule: the check that claims it reports it, and no other does. Clean code is reported by none."""

import shutil
from pathlib import Path

import pytest

from shared.contracts import boundaries as declaration
from shared.contracts.check import rule_names
from shared.contracts.source import Finding
from tests.violations.tree import CASES, OBSERVED, VERSIONED, Case, broken, copy, load
from tooling import openapi
from tooling.boundaries import check as boundaries
from tooling.boundaries.tree import Violation
from tooling.changes.report import RULES as VERSION_RULES
from tooling.changes.report import report
from tooling.changes.snapshot import Snapshot
from tooling.contracts.check import RULES as CONTRACT_RULES
from tooling.contracts.check import check as contracts
from tooling.traces import check as observed
from tooling.traces import spans

FILES = sorted(CASES.rglob("*.yaml"))
Found = list[tuple[str, Path, str]]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(OBSERVED, tmp_path_factory.mktemp("observed"), dirs_exist_ok=True)


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(VERSIONED, tmp_path_factory.mktemp("versioned"), dirs_exist_ok=True)


CLEAN = Snapshot.from_folder(VERSIONED)


@pytest.fixture(scope="module")
def documents(tree: Path) -> openapi.Documents:
    return openapi.documents_of(sorted(path.parent.name for path in tree.glob("back-*/main.py")), tree)


def _reports(tree: Path, found: list[Finding] | list[Violation]) -> Found:
    """(rule, file, message) of each; a message names file, line and the fix."""
    reports: Found = []
    for one in found:
        file = one.path if isinstance(one, Violation) else one.file.relative_to(tree)
        assert (tree / file).exists()
        assert one.line >= 1
        assert one.instead if isinstance(one, Violation) else one.fix
        assert "Traceback" not in str(one)
        reports.append((one.rule, file, str(one)))
    return reports


def _run(tree: Path, case: Case, documents: openapi.Documents) -> dict[str, Found]:
    """What each check reports; a changed contract changes versions as well, so those are asked in their own cases only."""

    def live(services: object) -> openapi.Documents:
        return openapi.documents_of(sorted(documents), tree) if case.live else documents

    if case.check == "observed":
        return {"observed": _reports(tree, _observed(tree))}
    if case.check == "versions":
        return {"versions": _reports(tree, report(tree, CLEAN, "the clean tree", release=True).findings)}
    declaration.load.cache_clear()
    checked = contracts(tree, live if case.check == "contracts" else None)
    return {"boundaries": _reports(tree, boundaries(tree)), "contracts": _reports(tree, checked)}


def _observed(tree: Path) -> list[Finding]:
    run = observed.Run(tree, spans.read(tree / "traces"))
    return [*observed.check(run), *observed.diagrams(run)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_violation_is_caught_by_the_check_that_claims_it(
    tree: Path, small: Path, versioned: Path, documents: openapi.Documents, path: Path
):
    case = load(path)
    tree = {"observed": small, "versions": versioned}.get(case.check, tree)
    with broken(tree, case):
        reports = _run(tree, case, documents)

    claimed = [
        text for rule, file, text in reports[case.check] if rule == case.rule and str(file) == (case.at or case.file)
    ]
    assert any(case.says in text for text in claimed), reports
    if case.check != "versions":
        found = {rule for found in reports.values() for rule, _, _ in found}
        assert found == {case.rule, *case.also}, reports


def test_clean_code_is_reported_by_none(tree: Path, small: Path, versioned: Path, documents: openapi.Documents):
    assert _observed(small) == []
    assert boundaries(tree) == []
    assert contracts(tree, lambda _: documents) == []
    assert report(versioned, CLEAN, "itself", release=True).findings == []


def test_every_declared_rule_is_broken_by_a_case():
    declared = {rule.rule for rules in declaration.load().rules().values() for rule in rules}

    declared |= set(CONTRACT_RULES) | set(VERSION_RULES) | set(observed.RULES) | rule_names()
    assert declared <= {load(path).rule for path in FILES}
