"""Makes a feature: rendered, generated and tested in a copy of the tree, and brought into the tree when all of it is green."""

import sys
from collections.abc import Callable
from pathlib import Path

from shared.contracts.loader import load
from tooling.generator import pact_files, shared_files, taken, verification
from tooling.generator.feature import Feature, Wish, checked
from tooling.generator.names import Refused
from tooling.generator.rendering import rendered
from tooling.generator.scratch import Scratch, scratch
from tooling.traces.diagrams import pages

Tell = Callable[[str], None]


def feature_of(wish: Wish, root: Path) -> Feature:
    """What `wish` asks for, when the tree below `root` has a place for it.

    Raises:
        Refused: it cannot be made; says why.
    """
    return checked(wish, taken=taken.names(root), root=root)


def make(feature: Feature, root: Path, tell: Tell) -> list[tuple[str, str]]:
    """Brings `feature` into the tree below `root`, as `tell` is told step by step; status letter and path of each changed file.

    Raises:
        Refused: the tree has changes that are not committed, or a step found something; nothing is changed then.
    """
    with scratch(root) as copy:
        for what, step in STEPS.items():
            tell(what)
            step(copy, feature)
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


STEPS: dict[str, Callable[[Scratch, Feature], None]] = {
    "writing the column": _write,
    "generating schemas, types and checksums": _generate,
    "writing its page in docs/features": _document,
    "recording its pacts": _agree,
    "running the checks": _check,
    "running its unit tests": _test,
}
