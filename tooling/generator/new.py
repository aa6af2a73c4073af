"""Makes a feature: rendered, generated and tested in a copy of the tree, and brought into the tree when all of it is green."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.contracts.loader import load
from tooling.generator import pact_files, shared_files, taken, verification
from tooling.generator.feature import Feature
from tooling.generator.names import Refused
from tooling.generator.rendering import rendered
from tooling.generator.scratch import Scratch, scratch
from tooling.generator.wish import Wish, checked
from tooling.traces.diagrams import pages

Report = Callable[[str], None]
Change = tuple[str, str]
"""Status letter and path of a file."""


def feature_of(wish: Wish, root: Path) -> Feature:
    """What `wish` asks for, when the tree below `root` has a place for it.

    Raises:
        Refused: it cannot be made; says why.
    """
    return checked(wish, taken=taken.names(root), root=root)


def make(feature: Feature, root: Path, report: Report) -> list[Change]:
    """Brings `feature` into the tree below `root`, and calls `report` step by step; what changed.

    Raises:
        Refused: the tree has changes that are not committed, or a step found something; nothing is changed then.
    """
    return make_all([feature], root, report, verified=True)


def make_all(features: Sequence[Feature], root: Path, report: Report, *, verified: bool) -> list[Change]:
    """The same for several. Whoever tests them afterwards need not have them `verified` here."""
    with scratch(root) as copy:
        for what, step in (STEPS | VERIFIED if verified else STEPS).items():
            report(what)
            step(copy, features)
        return copy.apply()


def _write(copy: Scratch, features: Sequence[Feature]) -> None:
    made = list[str]()
    for feature in features:
        for path, text in rendered(feature, copy.root).items():
            file = copy.root / path
            if file.exists():
                raise Refused(f"{path} is there already.")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            made.append(str(path))
        shared_files.insert(copy.root, feature.name, feature.permission)
    _format(copy, made)


def _format(copy: Scratch, paths: list[str]) -> None:
    python = [path for path in paths if path.endswith(".py")]
    copy.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", *python])
    copy.run([sys.executable, "-m", "ruff", "format", "-q", *python])
    biome = str(copy.root / "node_modules" / ".bin" / "biome")
    copy.run(["node", biome, "check", "--write", *(path for path in paths if path.endswith((".ts", ".tsx", ".json")))])


def _generate(copy: Scratch, _: Sequence[Feature]) -> None:
    copy.tooling("contracts", "schemas", "--write")
    copy.tooling("boundaries", "seal")


def _document(copy: Scratch, features: Sequence[Feature]) -> None:
    """Pages that say that nobody has observed the features yet, and the list of all pages."""
    known, _ = load(copy.root / "shared" / "contracts")
    new = {feature.name for feature in features}
    for contract in (one for _, one in known if one.name in new):
        (copy.root / pages.page_of(contract.name)).write_text(pages.unobserved(contract), "utf-8")
    drawn = [contract for _, contract in known if (copy.root / pages.page_of(contract.name)).is_file()]
    (copy.root / pages.INDEX).write_text(pages.index(drawn), "utf-8")


def _agree(copy: Scratch, features: Sequence[Feature]) -> None:
    pact_files.bring_up_to_date(copy, *(feature.name for feature in features))


def _check(copy: Scratch, _: Sequence[Feature]) -> None:
    verification.check(copy)


def _test(copy: Scratch, features: Sequence[Feature]) -> None:
    for feature in features:
        verification.unit_tests(copy, feature.name, feature.front)


Step = Callable[[Scratch, Sequence[Feature]], None]
STEPS: dict[str, Step] = {
    "writing the column": _write,
    "generating schemas, types and checksums": _generate,
    "writing its page in docs/features": _document,
    "recording its pacts": _agree,
}
VERIFIED: dict[str, Step] = {
    "running the checks": _check,
    "running its unit tests": _test,
}
