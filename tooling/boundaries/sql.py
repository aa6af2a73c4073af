"""SQL and CQL as far as rights go: statements with their lines, and what those say that make tables or give rights."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ALL = frozenset({"select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain"})
"""What ALL means on a table of PostgreSQL 18."""
_QUIET = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"(\$\w*\$).*?\1|'(?:[^']|'')*'", re.DOTALL)
_TABLE = re.compile(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?([\w.]+)", re.IGNORECASE)
_DROP = re.compile(r"DROP TABLE (?:IF EXISTS )?([\w., ]+?)(?: CASCADE| RESTRICT)?$", re.IGNORECASE)
_OWNER = re.compile(r"ALTER (?:DATABASE|SCHEMA|TABLE) [\w.]+ OWNER TO (\w+)$", re.IGNORECASE)
_DEFAULT = r"(?P<default>ALTER DEFAULT PRIVILEGES FOR ROLE \w+ IN SCHEMA \w+ )?"
_GRANT = re.compile(
    _DEFAULT + r"(?P<verb>GRANT|REVOKE) (?P<rights>[A-Z, ]+?) ON "
    r"(?P<kind>DATABASE |SCHEMA |TABLES|SEQUENCES|TABLE )?(?P<names>[\w., ]*?) ?(?:TO|FROM) (?P<role>\w+)$",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\b(GRANT|REVOKE|(CREATE|ALTER) (ROLE|USER|GROUP)|OWNER TO|SECURITY DEFINER|(?<!NO)SUPERUSER|BYPASSRLS|"
    r"CREATEROLE|CREATEDB|SET ROLE|SET SESSION AUTHORIZATION|DEFAULT PRIVILEGES)\b",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"CREATE ROLE (\w+|dashboard_%s) LOGIN PASSWORD %L", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """On one line, single spaces; `line` is where it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Grant:
    """`kind` is DATABASE, SCHEMA, TABLES or SEQUENCES; `by_default` is about tables to come. Rights in lower case."""

    given: bool
    rights: frozenset[str]
    kind: str
    names: tuple[str, ...]
    role: str
    by_default: bool

    def after(self, before: frozenset[str]) -> frozenset[str]:
        """The rights that `before` becomes."""
        rights = ALL if self.rights & {"all", "all privileges"} else self.rights
        return before | rights if self.given else before - rights


def statements(text: str) -> Iterator[Statement]:
    """Comments are left out; texts and bodies stay in, but do not end a statement."""
    text = _QUIET.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    masked = _QUOTED.sub(lambda found: re.sub(r"[^\n]", "_", found[0]), text)
    begin = 0
    for end in (*(found.start() for found in re.finditer(";", masked)), len(text)):
        body = text[begin:end]
        if body.strip():
            line = text.count("\n", 0, begin + len(body) - len(body.lstrip())) + 1
            yield Statement(" ".join(body.split()), line)
        begin = end + 1


def gives_rights(statement: Statement) -> bool:
    """Whether it says anything about roles and rights, a login with a password and nothing else excepted."""
    return bool(_RIGHTS.search(_LOGIN.sub("", statement.text)))


def takes_from_everybody(statement: Statement) -> bool:
    """Whether it is a REVOKE from PUBLIC, of whatever: that gives nobody anything."""
    return bool(re.fullmatch(r"REVOKE [^;]* FROM PUBLIC", statement.text, re.IGNORECASE))


def made_table(statement: Statement) -> str | None:
    found = _TABLE.match(statement.text)
    return found[1] if found else None


def dropped_tables(statement: Statement) -> set[str]:
    found = _DROP.match(statement.text)
    return set(re.findall(r"[\w.]+", found[1])) if found else set()


def new_owner(statement: Statement) -> str | None:
    found = _OWNER.match(statement.text)
    return found[1] if found else None


def grant(statement: Statement) -> Grant | None:
    """What a GRANT or REVOKE says to one role; None when it is neither, or of another form."""
    found = _GRANT.fullmatch(statement.text)
    if found is None:
        return None
    kind = (found["kind"] or "TABLES").strip().upper()
    rights = frozenset(right.strip().lower() for right in found["rights"].split(","))
    names = tuple(re.findall(r"[\w.]+", found["names"]))
    return Grant(
        found["verb"].upper() == "GRANT",
        rights,
        "TABLES" if kind == "TABLE" else kind,
        names,
        found["role"],
        bool(found["default"]),
    )
