"""Lines of a generated feature in files that people write and all features share, and how they are taken out again.

Nearly everything is discovered in the features' own folders; what is left stands here, a `Line` each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tooling.generator import names
from tooling.generator.names import Refused


@dataclass(frozen=True)
class Line:
    """`text` stands in `path` below the first line that begins with `after`; an empty line there is kept above it."""

    path: Path
    after: str
    text: str


def lines(feature: str) -> Iterator[Line]:
    """Those of the feature `bookmarks`."""
    many = names.words(feature).capitalize()
    yield Line(Path("CHANGELOG.md"), "## Unreleased", f"- {many}: a new feature ([docs](docs/features/{feature}.md)).")


def insert(root: Path, feature: str) -> list[Path]:
    """Writes the feature's lines; the files that changed.

    Raises:
        Refused: a file has no place for its line any more.
    """
    return [line.path for line in lines(feature) if _inserted(root / line.path, line)]


def take_out(root: Path, feature: str) -> list[Path]:
    """Removes what `insert` wrote and nobody has rewritten since; the files that changed."""
    return [line.path for line in lines(feature) if _removed(root / line.path, line)]


def _inserted(file: Path, line: Line) -> bool:
    text = file.read_text("utf-8").split("\n")
    if line.text in text:
        return False
    place = next((at for at, one in enumerate(text) if one.startswith(line.after)), None)
    if place is None:
        raise Refused(f"{line.path} has no line {line.after!r}, below which the feature's would stand.")
    at = place + 1
    while at < len(text) and not text[at].strip():
        at += 1
    file.write_text("\n".join([*text[:at], line.text, *text[at:]]), "utf-8")
    return True


def _removed(file: Path, line: Line) -> bool:
    text = file.read_text("utf-8").split("\n")
    if line.text not in text:
        return False
    text.remove(line.text)
    file.write_text("\n".join(text), "utf-8")
    return True
