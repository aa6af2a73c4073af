"""`python -m tests.violations.table` writes docs/violations.md out of the cases and attempts."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.violations import attempt
from tests.violations.tree import CASES, load
from tooling.paths import ROOT

DOCUMENT = ROOT / "docs" / "violations.md"
KINDS = {
    "imports": "import",
    "fronts": "import",
    "texts": "code",
    "calls": "undeclared call",
    "networks": "network",
    "grants": "grant",
    "migrations": "migration",
    "contracts": "contract",
    "versions": "version",
    "folders": "folder",
    "observed": "undeclared call",
}
"""By folder of the case."""
STATIC = {
    "boundaries": "`dashboard boundaries check`",
    "contracts": "`dashboard contracts check`",
    "versions": "`dashboard contracts diff --release`",
    "observed": "`dashboard traces check`",
}
HEAD = """# Deliberate violations, and what catches each

Written by `python -m tests.violations.table`; a test compares it with what stands in `tests/violations`. Each is the smallest change that breaks one
rule, or one thing tried on a running server. The first are made in a copy of the tree one by one (`make test-contracts`): the check that claims
it reports it, no other does, and nothing is reported of clean code. The others are tried with real secrets on real servers
(`make test-integration`): each is refused in the words that its file claims, while what is allowed is not.

"""


class Row(NamedTuple):
    kind: str
    rule: str
    violation: str
    caught_by: str


def rows() -> list[Row]:
    """All of them, by kind and rule."""
    return sorted({*_static(), *_tried()})


def _static() -> Iterator[Row]:
    for path in CASES.rglob("*.yaml"):
        case = load(path)
        yield Row(KINDS[path.parent.name], case.rule, case.breaks, STATIC[case.check])


def _tried() -> Iterator[Row]:
    for group in attempt.grants():
        for each in group.attempts:
            yield Row(group.kind, group.rule, f"{', '.join(group.who)} {each.breaks}", group.server)
    for group in attempt.tokens():
        for each in group.attempts:
            yield Row(group.kind, group.rule, f"a caller {each.breaks}", f"the called service, {group.status}")
    for each in attempt.drift():
        yield Row("grant", "grants-as-declared", f"somebody {each.breaks}", f"the catalog of {each.server}")
    for each in attempt.elsewhere():
        yield Row(each.kind, each.rule, f"somebody {each.breaks}", f"`{each.by.replace('::', '` `')}`")


def document() -> str:
    """The whole file."""
    known = rows()
    counts = Counter(row.kind for row in known)
    listed = ", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts))
    lines = ["| kind | rule | violation | caught by |", "|---|---|---|---|"]
    lines += [f"| {row.kind} | `{row.rule}` | {_cell(row.violation)} | {row.caught_by} |" for row in known]
    return f"{HEAD}{len(known)} violations: {listed}.\n\n" + "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write(path: Path = DOCUMENT) -> None:
    path.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    write()
