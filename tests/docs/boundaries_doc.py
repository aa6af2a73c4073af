"""docs/boundaries.md, row by row, and what is wrong with it against the guide's lines and the tests that `make test` has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from tooling.paths import ROOT

DOCUMENT = ROOT / "docs" / "boundaries.md"
LINES = Path(__file__).with_name("service_boundaries.yaml")
NOT_BUILT = "not built yet"
CODE = re.compile(r"`([^`]+)`")


class Group(BaseModel):
    """`who` share these lines of the guide."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: list[str]
    can: list[str]
    cannot: list[str]
    not_built: dict[str, list[str]] = {}


@dataclass(frozen=True)
class Row:
    who: str
    line: str
    cells: tuple[str, ...]

    def named(self, cell: int) -> list[str]:
        """What stands in backticks there."""
        return CODE.findall(self.cells[cell])


def guide() -> list[Group]:
    return [Group.model_validate(each) for each in yaml.safe_load(LINES.read_text(encoding="utf-8"))]


def rows(text: str, title: str) -> list[Row]:
    """Of the table below `## title`, without its head."""
    part = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
    ]
    return [Row(who, line, tuple(rest)) for who, line, *rest in cells[2:]]


Runs = Callable[[set[str]], dict[str, str]]
"""Of test ids (`file::name`), those that would not run, each with the reason."""


def wrong_abilities(text: str, groups: list[Group], runs: Runs, root: Path = ROOT) -> list[str]:
    """What is wrong with the table of what each service can do, a sentence each."""
    table = rows(text, "Can")
    built = [row for row in table if row.cells[0] != NOT_BUILT]
    reasons = runs({test for row in built for test in row.named(1)})
    return [
        *_missing(table, groups),
        *(f"{_name(row)}: {what}" for row in built for what in _wrong(row, reasons, root)),
        *(f"{_name(row)}: {what}" for row in table if row not in built for what in _early(row, groups, root)),
    ]


def _missing(table: list[Row], groups: list[Group]) -> Iterator[str]:
    """Every line of every service once, and nothing else."""
    expected = [pair for group in groups for pair in product(group.who, group.can)]
    found = [(row.who, row.line) for row in table]
    yield from (f"{who} can {line}: has no row" for who, line in expected if (who, line) not in found)
    yield from (f"{who} can {line}: is no line of the guide" for who, line in found if (who, line) not in expected)
    yield from (f"{who} can {line}: stands there twice" for who, line in set(found) if found.count((who, line)) > 1)


def _wrong(row: Row, reasons: dict[str, str], root: Path) -> Iterator[str]:
    places = row.named(0)
    tests = row.named(1)
    if not places or not tests:
        yield "names no place, or no test"
    yield from (f"there is no {place}" for place in places if not (root / place).exists())
    yield from (f"{place} is not its own" for place in places if not place.startswith((f"{row.who}/", "shared/")))
    yield from (f"{test} {reasons[test]}" for test in tests if test in reasons)


def _early(row: Row, groups: list[Group], root: Path) -> Iterator[str]:
    """A row without a place is right as long as the guide's line is known to be open, and the place is not there."""
    folders = [each for group in groups if row.who in group.who for each in group.not_built.get(row.line, [])]
    if not folders:
        yield "is not among the lines that may be open"
    yield from (f"{each} is there: name it, and a test" for each in folders if (root / each).exists())


def _name(row: Row) -> str:
    return f"{row.who} can {row.line}"
