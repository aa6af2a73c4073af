"""Makes a feature: rendered, generated and tested in a copy of the tree, and brought into the tree when all of it is green."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.contracts.loader import load
from tooling.generator import pact_files, shared_files, taken, verification
from tooling.generator.feature import Feature, Wish, checked
from tooling.generator.names import Refused
from tooling.generator.rendering import rendered
from tooling.generator.scratch import Scratch, scratch
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
        for step in STEPS if verified else STEPS[:WRITTEN]:
            report(step.what)
            for feature in features[-1:] if step.once else features:
                step.run(copy, feature)
        return copy.apply()


def _write(copy: Scratch, feature: Feature) -> None:
    files = rendered(feature, copy.root)
    for path, text in files.items():
        file = copy.root / path
        if file.exists():
            raise Refused(f"{path} is there already.")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    shared_files.insert(copy.root, feature.name)
    _format(copy, [str(path) for path in files])


def _format(copy: Scratch, paths: list[str]) -> None:
    python = [path for path in paths if path.endswith(".py")]
    copy.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", *python])
    copy.run([sys.executable, "-m", "ruff", "format", "-q", *python])
    biome = str(copy.root / "node_modules" / ".bin" / "biome")
    copy.run(["node", biome, "check", "--write", *(path for path in paths if path.endswith((".ts", ".tsx", ".json")))])


def _generate(copy: Scratch, _: Feature) -> None:
    copy.tooling("contracts", "schemas", "--write")
    copy.tooling("boundaries", "seal")


def _document(copy: Scratch, feature: Feature) -> None:
    """A page that says that nobody has observed the feature yet, and the list of all pages."""
    known, _ = load(copy.root / "shared" / "contracts")
    own = next(contract for _, contract in known if contract.name == feature.name)
    (copy.root / pages.page_of(own.name)).write_text(pages.unobserved(own), "utf-8")
    drawn = [contract for _, contract in known if (copy.root / pages.page_of(contract.name)).is_file()]
    (copy.root / pages.INDEX).write_text(pages.index(drawn), "utf-8")


def _agree(copy: Scratch, feature: Feature) -> None:
    pact_files.bring_up_to_date(copy, feature.name)


def _check(copy: Scratch, _: Feature) -> None:
    verification.check(copy)


def _test(copy: Scratch, feature: Feature) -> None:
    verification.unit_tests(copy, feature.name, feature.front)


@dataclass(frozen=True)
class _Step:
    """Done for each feature, or `once` for all."""

    what: str
    run: Callable[[Scratch, Feature], None]
    once: bool = False


STEPS = (
    _Step("writing the column", _write),
    _Step("generating schemas, types and checksums", _generate, once=True),
    _Step("writing its page in docs/features", _document),
    _Step("recording its pacts", _agree),
    _Step("running the checks", _check, once=True),
    _Step("running its unit tests", _test),
)
WRITTEN = 4
"""After so many of them all files are as they stay."""
