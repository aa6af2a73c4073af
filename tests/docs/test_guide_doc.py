"""docs/guide.md and docs/glossary.md: every row names a place and what shows it; a reference to the guide in code names one of its sections."""

import re
import subprocess
from pathlib import Path

import pytest

from tooling.paths import ROOT

GUIDE = ROOT / "docs" / "guide.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
NOT_BUILT = "not built yet"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
REFERENCE = re.compile(r'guide: "([A-Z][^"]*)"')
NOWHERE = re.compile(r"docs: (?:design|public interface)")
POINTER = re.compile(r"`[^`]+`|\]\([^)]+\)|^review$")


def _tables(text: str) -> list[list[dict[str, str]]]:
    """Each table as its rows, by column."""
    blocks = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [_rows(block.splitlines()) for block in blocks]


def _rows(lines: list[str]) -> list[dict[str, str]]:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


@pytest.mark.parametrize("column", ["place", "start reading at", "shown by"])
def test_every_rule_names_its_place_and_what_shows_it(column: str):
    cells = [row[column] for table in _tables(GUIDE.read_text("utf-8")) for row in table if column in row]

    assert cells
    assert [cell for cell in cells if not POINTER.search(cell)] == []


def test_every_term_of_the_glossary_has_its_place_and_stands_in_order():
    (rows,) = _tables(GLOSSARY.read_text("utf-8"))
    terms = [row["term"] for row in rows]

    assert terms == sorted(terms)
    assert [row["term"] for row in rows if not POINTER.search(row["lives in"]) and row["lives in"] != NOT_BUILT] == []


def test_code_that_refers_to_the_guide_names_a_section():
    sections = set(HEADING.findall(GUIDE.read_text("utf-8")))
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = [path.read_text("utf-8") for name in tracked.split("\0") if (path := _source(name)).is_file()]

    assert {name for text in texts for name in REFERENCE.findall(text)} <= sections
    assert [found for text in texts for found in NOWHERE.findall(text)] == []


def _source(name: str) -> Path:
    return ROOT / name if name.endswith((".py", ".ts", ".tsx", ".yaml", ".lua")) else ROOT / "missing"
