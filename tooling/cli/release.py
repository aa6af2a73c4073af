"""`dashboard contracts release`: raises what a release raises, and keeps its contracts to compare with."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from shared.contracts import semver
from tooling.changes import baseline, patch, released, revision
from tooling.changes.report import report
from tooling.changes.snapshot import Snapshot
from tooling.cli.boundaries import Root
from tooling.cli.changes import readable
from tooling.cli.output import CannotCheck, Json, console, print_json, refusing
from tooling.paths import ROOT


def release(
    version: Annotated[str, typer.Argument(help="Of the whole release, as 1.2.0.")],
    root: Root = ROOT,
    json_: Json = False,
) -> None:
    """Raise the versions and ranges that follow from what changed since the last release, and make this tree the last one.

    Example:

      dashboard contracts release 1.2.0    (then commit, and tag it)
    """
    with refusing(revision.NoRevision, OSError):
        _demand_later(root, version)
        readable(Snapshot.from_folder(root))
        written = _raised(root)
        released.write(root, version)
    written.append(released.FILE.as_posix())
    if json_:
        print_json({"version": version, "written": written})
        return
    for path in written:
        console.print(f"{path}: written", markup=False)
    console.print(
        Text(f"released {version}: write its heading into CHANGELOG.md, commit, `git tag v{version}`", "bold")
    )


def _demand_later(root: Path, version: str) -> None:
    if not semver.is_version(version):
        raise CannotCheck(f"{version!r} is no version: write it as 1.2.0")
    last = released.read(root)
    if last and semver.parse(version).sort_key() <= semver.parse(last.version).sort_key():
        raise CannotCheck(f"{last.version} is released already: name a later version than that")


def _raised(root: Path) -> list[str]:
    """The files that were changed so that everything follows."""
    base = baseline.last_release(root)
    if base is None:
        return []
    bumps = report(root, base.snapshot, base.what, release=True).bumps
    edits = dict(patch.edited(Snapshot.from_folder(root).files, bumps))
    for path, text in edits.items():
        (root / path).write_text(text, encoding="utf-8")
    return list(edits)
