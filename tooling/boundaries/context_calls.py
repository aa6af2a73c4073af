"""Each CONTEXT.md names in its sentences `**Calls** ...` and `**Called by** ...` the services that are declared, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

from tooling.boundaries.tree import Tree, Violation

RULE = "context-names-the-calls"
WHY = "whoever reads the folder believes it"
INSTEAD = "the sentence in CONTEXT.md, or `calls` in shared/contracts/boundaries.yaml, whichever is wrong"
_QUOTED = re.compile(r"`[^`]*`|\([^()]*\)")


def check(tree: Tree) -> Iterator[Violation]:
    edges = tree.boundaries.edges()
    for name in tree.boundaries.in_repository():
        path = Path(name) / "CONTEXT.md"
        if (tree.root / path).is_file():
            yield from _sentence(tree, path, "Calls", {callee for caller, callee in edges if caller == name})
            yield from _sentence(tree, path, "Called by", {caller for caller, callee in edges if callee == name})


def _sentence(tree: Tree, path: Path, what: str, declared: set[str]) -> Iterator[Violation]:
    text = tree.text(path)
    start = re.search(rf"\*\*{what}:?\*\* ", text)
    if start is None:
        yield Violation(RULE, path, 1, f"has no sentence `**{what}** ...`", WHY, INSTEAD)
        return
    line = text.count("\n", 0, start.start()) + 1
    named = _names(tree, _first_sentence(text[start.end() :]))
    if missing := sorted(declared - named):
        yield Violation(RULE, path, line, f"{what}: does not name {', '.join(missing)}", WHY, INSTEAD)
    if extra := sorted(named - declared):
        yield Violation(RULE, path, line, f"{what}: names {', '.join(extra)}, which is not declared", WHY, INSTEAD)


def _first_sentence(text: str) -> str:
    """Without what stands in brackets and code, up to the first full stop, colon or semicolon."""
    return re.split(r"[.:;](?=\s|$)", _QUOTED.sub("", text), maxsplit=1)[0]


def _names(tree: Tree, sentence: str) -> set[str]:
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", sentence))
    return words & set(tree.boundaries.services)
