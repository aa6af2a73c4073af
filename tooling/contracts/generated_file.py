"""A file of the tree that is generated from the contracts: checked against them, and brought up to date."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.contracts.loader import Known, load
from shared.contracts.rules import WRITE
from shared.contracts.source import Finding


@dataclass(frozen=True)
class GeneratedFile:
    """`path` is relative to the root; `differs` says what is wrong when its text is not that of `render`."""

    path: Path
    render: Callable[[Known], str]
    rule: str
    differs: str

    def check(self, root: Path, known: Known) -> Iterator[Finding]:
        """Whether the file in the tree at `root` is up to date. A tree without its folder needs none."""
        path = root / self.path
        if path.parent.is_dir() and _text(path) != self.render(known):
            yield Finding(path, 1, self.differs, WRITE, self.rule)

    def bring_up_to_date(self, root: Path, *, write: bool) -> list[Path]:
        """The file when it differs; with `write` it is written."""
        known, _ = load(root / "shared" / "contracts")
        text = self.render(known)
        path = root / self.path
        if _text(path) == text:
            return []
        if write:
            path.write_text(text, encoding="utf-8")
        return [path]


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
