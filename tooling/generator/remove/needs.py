"""Who else needs a feature: what would be broken without it, with the name of who has to change first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from shared.models.event_data import EVENT_DATA
from tooling.generator.remove import tables
from tooling.generator.remove.tree import Files, is_test, shape

_SPECIFIER = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
_CALLED = re.compile(r"""["'`}](/(?:api|internal|ws)/[^"'`\s]*)["'`]""")
MADE_UP = ("tests/generator/", "tooling/tests/generator/")
"""Tests with features of their own making, which may be called as one that somebody makes later; so are paths in `shared/tests`."""
_DOTS = ("", ".ts", ".tsx", "/index.ts")


@dataclass(frozen=True)
class Need:
    """`who` is a feature, or the part of the tree that no feature owns; `why` names the file and what it takes.

    With `in_tests` nothing but a test would break.
    """

    who: str
    why: str
    in_tests: bool = False


def find(files: Files, feature: str) -> list[Need]:
    """Everybody else who needs `feature`, features first."""
    own = set(files.owned_by(feature))
    found = {*_contracts(files, feature), *_python(files, own), *_typescript(files, own)}
    found |= {*_calls(files, feature, own), *_cases(files, own), *_tables(files, feature, own)}
    return sorted(found, key=lambda need: (need.in_tests, need.who not in files.contracts, need.who, need.why))


def who(files: Files, path: str) -> str:
    """Whose file it is: the feature's, a frame's, or the tests' of a service."""
    if path in files.owners:
        return files.owners[path]
    home = path.partition("/")[0]
    if "/frame/" in path:
        return f"the frame of {home}"
    return path if is_test(path) else f"{home} itself"


def _need(files: Files, path: str, why: str) -> Need:
    return Need(who(files, path), why, is_test(path) or path.startswith("tooling/tests/"))


def _python(files: Files, own: set[str]) -> Iterator[Need]:
    for path, line, imported in files.imports:
        if imported in own and path not in own:
            yield _need(files, path, f"{path}:{line} imports {imported}")


def _typescript(files: Files, own: set[str]) -> Iterator[Need]:
    for path, text in files.texts.items():
        if path in own or not path.endswith((".ts", ".tsx")):
            continue
        for specifier in _SPECIFIER.findall(text):
            place = _resolved(path, specifier)
            if any(f"{place}{ending}" in own for ending in _DOTS):
                yield _need(files, path, f"{path} imports {place}")


def _resolved(path: str, specifier: str) -> str:
    parts = list(PurePosixPath(path).parent.parts)
    for part in specifier.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _contracts(files: Files, feature: str) -> Iterator[Need]:
    """Other contracts' pages that call its endpoints."""
    keys = {f"{endpoint.method} {endpoint.path}" for endpoint in files.contracts[feature].endpoints}
    for name, contract in files.contracts.items():
        for page in contract.pages if name != feature else []:
            yield from (Need(name, f"the page {page.path} calls {key}") for key in page.calls if key in keys)


def _calls(files: Files, feature: str, own: set[str]) -> Iterator[Need]:
    """Texts of code that name a path which only this feature has."""
    by_shape: dict[str, set[str]] = {}
    for name, contract in files.contracts.items():
        for endpoint in contract.endpoints:
            by_shape.setdefault(shape(endpoint.path), set()).add(name)
    mine = {path for path, names in by_shape.items() if names == {feature}}
    for path, text in files.texts.items():
        if (
            path in own
            or not path.endswith((".py", ".ts", ".tsx"))
            or path.startswith(("tooling/", "stack/", *MADE_UP, "shared/tests/"))
        ):
            continue
        for called in _CALLED.findall(text):
            asked = shape(called.partition("?")[0])
            if asked in mine and not any(f'"{e}"' in f'"{called}"' for e in by_shape if e != asked):
                yield _need(files, path, f"{path} calls {called}")


def _cases(files: Files, own: set[str]) -> Iterator[Need]:
    """Tests that work on its files: cases of forbidden changes, and tests of the tools."""
    for path, text in files.texts.items():
        if (
            path not in own
            and path.startswith(("tests/", "tooling/tests/", "stack/"))
            and not path.startswith(MADE_UP)
            and not path.endswith(".md")
        ):
            yield from (_need(files, path, f"{path} names {file}") for file in own if file in text)


def _tables(files: Files, feature: str, own: set[str]) -> Iterator[Need]:
    dropped = tables.owned(files, own)
    for path, text in files.texts.items():
        if path in own or "/repositories/" not in path:
            continue
        for table in tables.filled(files, own):
            if re.search(rf"\b{table}\b", _statements(text)):
                yield _need(files, path, f"{path} reads or writes the table {table}")
    for table, other in tables.references(files):
        if other in dropped and table not in dropped:
            yield Need(f"the table {table}", f"refers to {other}")


def _statements(text: str) -> str:
    return " ".join(re.findall(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+\w+", text))


def consumed(files: Files, feature: str) -> dict[str, list[str]]:
    """By other contract: the events of `feature` that it consumes, without code of its own that names their data.

    What takes whatever event there is (audit) loses a line, and nothing else.
    """
    published = {event.type for event in files.contracts[feature].events.published}
    found: dict[str, list[str]] = {}
    for name, contract in files.contracts.items():
        if name != feature:
            types = [event.type for event in contract.events.consumed if event.type in published]
            found |= {name: types} if types else {}
    return {name: types for name, types in found.items() if not any(_handled(files, name, event) for event in types)}


def _handled(files: Files, consumer: str, event: str) -> bool:
    """Whether code of the feature `consumer` names the data of `event`."""
    own = set(files.owned_by(consumer))
    classes = [kind.__name__ for (known, _), kind in EVENT_DATA.items() if known == event]
    return any(
        re.search(rf"\b{name}\b", text)
        for path, text in files.texts.items()
        if path.endswith(".py") and path in own and not is_test(path) and not path.startswith("shared/models/")
        for name in classes
    )
