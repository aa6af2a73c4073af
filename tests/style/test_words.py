"""Names use the field's terms (docs/glossary.md): no word of an older private vocabulary comes back.

A name is split at underscores and capitals, so that `toldOwner` and `_TOLD` are both `told`. Names that clients see, such
as a field of an event, stay as they are.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.style.test_source import TREES, tracked
from tooling.paths import ROOT

INSTEAD = {
    "aside": "parked",
    "buried": "dead letter",
    "bury": "dead letter",
    "happened": "event, published",
    "heard": "received",
    "keeper": "what it does: background, trimmer, sink",
    "letters": "dead letters",
    "patiently": "retry",
    "said": "what it is: problem, output, payload",
    "stage": "app under test, or the step's own name",
    "tell": "publish, notify, report, show",
    "telling": "publish, notify, report, show",
    "tells": "publishes, notifies, reports, shows",
    "told": "published, notified, reported, shown",
    "wanted": "what it is: expected, required, selected",
    "world": "what it is: peers, providers, fakes",
}
SEEN_BY_CLIENTS = {
    "aside": "a kind of dead letter in `GET /api/events/dead-letters`, and a figure of `GET /api/events/streams`",
    "buried_at": "a field of a dead letter",
}
ALLOWED = SEEN_BY_CLIENTS | {
    "stage": "of an SMTP conversation, and of a deployment's plan (the field of `contracts order --json`)",
    "_stage": "of a deployment's plan",
    "STAGE_OF": "of a deployment's plan",
    "tell": "of a Python file object",
}
PLAIN_IN_SENTENCES = {"happened", "letters", "said", "stage", "wanted"}
"""A test's name is a sentence, in which these are ordinary English."""
FRONT_ALLOWED = {"aside": "the HTML element's role: what stands beside a title"}
PROSE = re.compile(r"\b(hours of quiet|kept aside|buried|patiently|\w*keeper of|BuriedEntry)\b")
NOT_OURS = re.compile(r"^CHANGELOG|(^|/)released\.json$|(^|/)test_words\.py$|package-lock\.json$")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_TYPESCRIPT = re.compile(r"\b(?:const|let|var|function|class|interface|type|enum)\s+(\w+)|[(,]\s*(\w+)\??:\s")


def retired(name: str) -> str | None:
    """The retired word in `name`; `dead_letters` is a term of its own."""
    words = [word.lower() for word in _WORD.findall(re.sub(r"(?i)dead_?letters", "", name))]
    plain = PLAIN_IN_SENTENCES if name.startswith("test_") else set[str]()
    return next((word for word in words if word in INSTEAD.keys() - plain), None)


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What `tree` names: functions, classes, parameters, variables and attributes, with their lines."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case _:
                pass


def _at(path: Path, line: int, name: str) -> str:
    return f"{path.relative_to(ROOT)}:{line} {name}: write {INSTEAD[retired(name) or '']}"


def test_python_names_use_the_terms_of_the_glossary():
    assert [
        _at(path, line, name)
        for path, tree in TREES.items()
        for name, line in names(tree)
        if retired(name) and name not in ALLOWED
    ] == []


def test_typescript_names_use_the_terms_of_the_glossary():
    found = [
        (path, text.count("\n", 0, match.start()) + 1, match[1] or match[2])
        for path in tracked("*.ts", "*.tsx")
        for text in [path.read_text("utf-8")]
        for match in _TYPESCRIPT.finditer(text)
    ]

    assert found
    assert [
        _at(path, line, name)
        for path, line, name in found
        if retired(name) and name not in SEEN_BY_CLIENTS | FRONT_ALLOWED
    ] == []


def test_no_function_is_called_of():
    functions = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and re.match(r"of(_|$)", node.name)
    ]

    assert functions == []  # `from_...`, `for_...`, or what it returns


def test_prose_uses_the_terms_of_the_glossary():
    texts = tracked("*.md", "*.py", "*.ts", "*.tsx", "*.yaml")
    found = [
        f"{path.relative_to(ROOT)}:{number} {match[0]}"
        for path in texts
        if not NOT_OURS.search(str(path.relative_to(ROOT)))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in PROSE.finditer(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("_TOLD", "told"),
        ("toldOwner", "told"),
        ("World", "world"),
        ("letters", "letters"),
        ("test_what_happened_is_stored", None),
        ("test_the_owner_is_told", "told"),
        ("list_dead_letters", None),
        ("DeadLetters", None),
        ("stages", None),
        ("hold", None),
    ],
)
def test_retired_words_are_recognised(name: str, word: str | None):
    assert retired(name) == word
