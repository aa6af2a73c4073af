"""Each contract has its page in docs/features with a heading for each endpoint, and each page its contract."""

from collections.abc import Iterator
from pathlib import Path

from shared.contracts.loader import Known
from shared.contracts.source import Finding
from tooling.traces.diagrams.pages import FOLDER, INDEX, WRITE, headings, index, page_of

RULE = "feature-has-its-page"
_FIX = f"`make test-observed`, then `{WRITE}`"


def check(root: Path, known: Known) -> Iterator[Finding]:
    missing = set[str]()
    for source, contract in known:
        file = root / page_of(contract.name)
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        if not lines:
            yield source.finding([], f"{page_of(contract.name)} is not there", _FIX, RULE)
            missing.add(contract.name)
            continue
        for heading in headings(contract):
            if f"## {heading}" not in lines:
                yield Finding(file, 1, f"{heading} has no diagram", _FIX, RULE)
    pages = {root / page_of(contract.name) for _, contract in known} | {root / INDEX}
    for file in sorted(set((root / FOLDER).glob("*")) - pages):
        yield Finding(file, 1, "no contract has this name", "remove the page, or mend the name", RULE)
    listed = root / INDEX
    selected = index([one for _, one in known if one.name not in missing])
    if pages and not (listed.is_file() and listed.read_text(encoding="utf-8") == selected):
        yield Finding(listed if listed.is_file() else root, 1, "the list of features is another", _FIX, RULE)
