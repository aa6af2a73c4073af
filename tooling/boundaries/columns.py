"""What columns take, as the migrations say it: nothing that the models let through may be refused by the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shared.models.base import Request
from tooling.boundaries import sql
from tooling.boundaries.tree import Tree, Violation
from tooling.contracts import models

RULE = "columns-take-what-the-models-let-through"
WHY = "what the model let through would be refused by the database: a 500 in place of a 422"
INSTEAD = "a new migration that widens the column, or a narrower field of the model"
LONGEST: dict[Any, int] = {"email": 254, "uuid": 36}
"""Of what has a format, without a limit of its own (RFC 5321)."""
MIGRATIONS = Path("back-postgres", "migrations")
_CREATE = re.compile(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\w+) \((.*)\)", re.IGNORECASE)
_ALTER = re.compile(r"ALTER TABLE (?:ONLY )?(\w+) (.*)", re.IGNORECASE)
_ADD = re.compile(r"ADD (?:COLUMN (?:IF NOT EXISTS )?)?(?!CONSTRAINT|CHECK)(.*)", re.IGNORECASE)
_NO_COLUMN = ("primary", "unique", "constraint", "check", "foreign", "exclude")
_LENGTH = r"(?:char_|character_)?length\((\w+)\)"
_SIZE = re.compile(r"\b(?:varchar|character varying|char|character) ?\((\d+)\)", re.IGNORECASE)
_RANGE = re.compile(rf"(?:{_LENGTH}|\b(\w+)) BETWEEN (-?\d+) AND (-?\d+)", re.IGNORECASE)
_BOUND = re.compile(rf"(?:{_LENGTH}|\b(\w+)) (<=|>=|<|>) (-?\d+)", re.IGNORECASE)
_ONE_OF = re.compile(r"\b(\w+) (?:IN|= ANY) \((?:ARRAY\[)?((?:'[^']*'(?:, ?)?)+)", re.IGNORECASE)
_DROPPED = re.compile(r"DROP CONSTRAINT (?:IF EXISTS )?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Limit:
    """Of one column: how long a text, or how large a number, or which texts."""

    table: str
    column: str
    path: Path
    line: int
    length: bool = False
    least: int | None = None
    most: int | None = None
    texts: frozenset[str] | None = None


def check(tree: Tree) -> Iterator[Violation]:
    limits: list[Limit] = []
    for path in sorted((tree.root / MIGRATIONS).glob("*.sql")):
        known = path.relative_to(tree.root)
        for statement in sql.statements(tree.text(known)):
            gone = set(_DROPPED.findall(statement.text))
            limits = [one for one in limits if f"{one.table}_{one.column}_check" not in gone]
            limits += _limits(statement, known)
    for limit in limits:
        yield from _compare(limit)


def _limits(statement: sql.Statement, path: Path) -> Iterator[Limit]:
    if made := _CREATE.match(statement.text):
        table = made[1]
        parts = _parts(made[2])
    elif altered := _ALTER.match(statement.text):
        table = altered[1]
        parts = _parts(altered[2])
    else:
        return
    for part in parts:
        added = _ADD.match(part)
        text = added[1] if added else part
        start = Limit(table, text.split()[0] if text.split() else "", path, statement.line)
        if start.column.lower() not in _NO_COLUMN and (size := _SIZE.search(text)):
            yield replace(start, length=True, most=int(size[1]))
        yield from _checks(start, text)


def _checks(start: Limit, text: str) -> Iterator[Limit]:
    """What the conditions of `CHECK (...)` in `text` say of single columns."""
    condition = "".join(part[part.upper().find("CHECK") :] for part in [text] if "CHECK" in part.upper())
    for of_length, of_value, least, most in _RANGE.findall(condition):
        column = of_length or of_value
        yield replace(start, column=column, length=bool(of_length), least=int(least), most=int(most))
    for of_length, of_value, operator, number in _BOUND.findall(condition):
        bound = int(number) + {"<": -1, ">": 1}.get(operator, 0)
        side = {"most": bound} if operator.startswith("<") else {"least": bound}
        yield replace(start, column=of_length or of_value, length=bool(of_length), **side)
    for column, texts in _ONE_OF.findall(condition):
        yield replace(start, column=column, texts=frozenset(re.findall(r"'([^']*)'", texts)))


def _parts(text: str) -> list[str]:
    """`text` at its outer commas."""
    parts = list[str]()
    depth = 0
    begin = 0
    quoted = False
    for at, letter in enumerate(text):
        quoted ^= letter == "'"
        depth += (letter == "(") - (letter == ")") if not quoted else 0
        if letter == "," and not depth and not quoted:
            parts.append(text[begin:at].strip())
            begin = at + 1
    return [*parts, text[begin:].strip()]


def _compare(limit: Limit) -> Iterator[Violation]:
    for name, model in models.by_name().items():
        if not _is_about(name, limit.table):
            continue
        field: Any = models.schema(name).get("properties", {}).get(limit.column)
        if field is not None and (difference := _narrower(limit, field, asked=issubclass(model, Request))):
            what = f"{limit.table}.{limit.column} takes {difference[0]}, but {name}.{limit.column} lets {difference[1]} through"
            yield Violation(RULE, limit.path, limit.line, what, WHY, INSTEAD)


def _is_about(model: str, table: str) -> bool:
    """`ProfileCreate` and `Profile` of `profiles`, `RegisterUser` of `users`."""
    one = "".join(word.capitalize() for word in table.removesuffix("s").split("_"))
    return bool(re.search(rf"^{one}(?![a-z])|(?<=[a-z]){one}$", model))


def _narrower(limit: Limit, field: Any, *, asked: bool) -> tuple[str, str] | None:
    """What the column takes and what the field lets through, when that is more."""
    kinds = [kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null"]
    for kind in kinds:
        texts = set(kind.get("enum", [kind["const"]] if "const" in kind else []))
        if limit.texts is not None and texts - limit.texts:
            return ", ".join(sorted(limit.texts)), ", ".join(sorted(map(str, texts - limit.texts)))
        if asked and not texts and (difference := _outside(limit, kind)):
            return difference
    return None


def _outside(limit: Limit, kind: Any) -> tuple[str, str] | None:
    if limit.length != (kind.get("type") == "string"):
        return None
    low, high = ("minLength", "maxLength") if limit.length else ("minimum", "maximum")
    unit = " letters" if limit.length else ""
    least = kind.get(low, 0 if limit.length else None)
    most = kind.get(high, LONGEST.get(kind.get("format")))
    if limit.most is not None and (most is None or most > limit.most) and "pattern" not in _bounded(kind):
        return f"at most {limit.most}{unit}", "any" if most is None else f"{most}{unit}"
    if limit.least is not None and limit.least > 0 and (least is None or least < limit.least) and "format" not in kind:
        return f"at least {limit.least}{unit}", "less" if least is None else f"{least}{unit}"
    return None


def _bounded(kind: Any) -> set[str]:
    """`pattern` when that bounds the length by itself: it names every letter, and repeats none without end."""
    pattern = str(kind.get("pattern", "*"))
    return set() if re.search(r"[*+]|,\}", pattern) else {"pattern"}
