"""What the documentation names exists: files, make targets, links, rules, modules to run."""

import importlib.util
import re
from pathlib import Path

import pytest

from shared.contracts import boundaries
from tooling.paths import ROOT

DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z][a-z0-9-]*)")
MODULE = re.compile(r"python -m ([a-z_.]+)")


def _targets() -> set[str]:
    return set(
        re.findall(r"[\w-]+", " ".join(re.findall(r"^([\w -]+):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE)))
    )


def _paths(text: str) -> set[str]:
    """What stands in backticks and looks like a file or folder of the repository."""
    spans = {span.rstrip("/") for span in CODE.findall(text) if not re.search(r"[\s{}*<>()$&|=:]", span)}
    return {span for span in spans if "/" in span and not span.startswith("/")}


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(ROOT)))
class TestDocument:
    def test_paths_exist(self, doc: Path):
        top = {entry.name for entry in ROOT.iterdir()}
        named = {path for path in _paths(doc.read_text(encoding="utf-8")) if path.split("/")[0] in top}

        assert sorted(path for path in named if not (ROOT / path).exists()) == []

    def test_links_lead_somewhere(self, doc: Path):
        links = {link.partition("#")[0] for link in LINK.findall(doc.read_text(encoding="utf-8")) if "://" not in link}

        assert sorted(link for link in links if link and not (doc.parent / link).exists()) == []

    def test_make_targets_exist(self, doc: Path):
        assert set(MAKE.findall("\n".join(_commands(doc)))) <= _targets()

    def test_modules_can_be_run(self, doc: Path):
        modules = set(MODULE.findall(doc.read_text(encoding="utf-8"))) - {"pytest"}

        assert [name for name in sorted(modules) if importlib.util.find_spec(name) is None] == []


def _commands(doc: Path) -> list[str]:
    """Code spans and indented blocks."""
    text = doc.read_text(encoding="utf-8")
    return [*CODE.findall(text), *(line for line in text.splitlines() if line.startswith("    "))]


def test_rules_that_decisions_rely_on_exist():
    declared = {rule.rule for rules in boundaries.load().rules().values() for rule in rules}
    named = {
        span
        for doc in (ROOT / "docs" / "decisions").glob("0*.md")
        for sentence in re.findall(r"rules? (.*?)(?:[.;]\s|$)", doc.read_text(encoding="utf-8").replace("\n", " "))
        for span in CODE.findall(sentence)
        if "-" in span and "/" not in span
    }

    assert named
    assert named <= declared


def test_every_decision_is_listed_and_names_its_check():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for record in sorted((ROOT / "docs" / "decisions").glob("0*.md")):
        text = record.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix(f"# {record.name[:4]} ")
        assert f"[{record.name[:4]}]({record.name}) | {title} |" in index
        assert "**Held by.**" in text
        assert "**Decision.**" in text
        assert re.search(r"^(?:Accepted, \d{4}-\d\d-\d\d|Superseded by)", text, re.MULTILINE)


def test_every_service_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in boundaries.load().in_repository() if f"`{name}`" not in readme] == []
