"""The SQL in back-postgres' repositories asks for nothing that the service's role may not do, and for no table that is not there."""

import re
from collections.abc import Iterator

from tooling.boundaries import folded, sql
from tooling.boundaries.tree import Tree, Violation

RULE = "statements-within-the-grants"
SERVICE = "back-postgres"
LOGIN = "dashboard_app"
WHY = "the server would refuse the statement: a 500 where a migration has forgotten a GRANT"
_VERBS = {
    "insert": re.compile(r"\bINSERT INTO (\w+)"),
    "update": re.compile(r"\bUPDATE (?:ONLY )?(\w+)(?: (?:AS )?\w+)? SET\b"),
    "delete": re.compile(r"\bDELETE FROM (?:ONLY )?(\w+)"),
    "select": re.compile(r"\b(?:FROM|JOIN) (\w+)"),
    "truncate": re.compile(r"\bTRUNCATE (?:TABLE )?(\w+)"),
}


def check(tree: Tree) -> Iterator[Violation]:
    service = tree.boundaries.services.get(SERVICE)
    tables = _tables(tree)
    if service is None or LOGIN not in service.roles or not tables:
        return
    role = service.roles[LOGIN]
    for home, path in tree.files(".py"):
        if home == SERVICE and path.name != "migrate.py":
            for verb, table, line in _uses(tree.text(path)):
                if table not in tables and verb in ("insert", "update", "delete"):
                    what = f"no migration makes the table {table}, which it {verb}s"
                    yield Violation(RULE, path, line, what, "the statement fails", "a migration that makes it")
                elif table in tables and verb not in role.rights(table):
                    instead = f"GRANT {verb.upper()} ON {table} TO {LOGIN} in a migration, and in boundaries.yaml"
                    yield Violation(RULE, path, line, f"{LOGIN} may not {verb.upper()} {table}", WHY, instead)


def _tables(tree: Tree) -> set[str]:
    """All that migrations make, and have not dropped since."""
    known: set[str] = set()
    for path in sorted((tree.root / SERVICE / "migrations").glob("*.sql")):
        for statement in sql.statements(tree.text(path.relative_to(tree.root))):
            known |= {made} if (made := sql.made_table(statement)) else set()
            known |= set(re.findall(r"^CREATE (?:OR REPLACE )?VIEW (\w+)", statement.text, re.IGNORECASE))
            known -= sql.dropped_tables(statement)
    return known


def _uses(source: str) -> set[tuple[str, str, int]]:
    """(right, table, line) of each statement in the texts of `source`."""
    try:
        made = folded.texts(source)
    except SyntaxError:
        return set()  # python_rules says so
    plain = [(" ".join(text.split()), line) for text, line in made]
    return {
        (verb, table, line)
        for text, line in plain
        for verb, pattern in _VERBS.items()
        for table in pattern.findall(re.sub(r"\bDELETE FROM\b", "DELETE_FROM", text) if verb == "select" else text)
    }
