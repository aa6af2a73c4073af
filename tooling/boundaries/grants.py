"""The SQL that makes roles and tables gives each role what boundaries.yaml declares; it is replayed, as text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shared.contracts.boundaries import Role
from shared.contracts.source import Source, read
from tooling.boundaries import sql
from tooling.boundaries.sql import Statement
from tooling.boundaries.tree import Tree, Violation

RULE = "grants-as-declared"
SERVICE = "back-postgres"
DECLARATION = Path("shared", "contracts", "boundaries.yaml")
INIT = Path("deploy", "config", "postgres-init.sql")
MIGRATIONS = Path(SERVICE, "migrations")
CQL = Path("back-cassandra", "migrations")
WHY = "a service that was taken over can do with the data what its role may, and no more"
FIX = f"GRANT or REVOKE rights ON tables TO a role of services.{SERVICE}.roles in {DECLARATION}"
RECORD = "schema_migrations"
"""Made by migrate.py before the first migration."""
PLACES = frozenset({("connect", "DATABASE"), ("usage", "SCHEMA")})
"""Without these no role reaches a table."""


@dataclass
class GrantedRights:
    """By a role: rights on each table, with the statement that decided them last; `named` are the tables that a GRANT names."""

    fresh: frozenset[str] = frozenset()
    sequences: frozenset[str] = frozenset()
    named: set[str] = field(default_factory=set[str])
    tables: dict[str, tuple[frozenset[str], Path, int]] = field(
        default_factory=dict[str, tuple[frozenset[str], Path, int]]
    )


def check(tree: Tree) -> Iterator[Violation]:
    roles = tree.boundaries.services[SERVICE].roles if SERVICE in tree.boundaries.services else {}
    if (tree.root / INIT).is_file():
        granted = {name: GrantedRights() for name in roles}
        yield from _replay(tree, granted, roles)
        declared = read(tree.root / DECLARATION)
        assert isinstance(declared, Source), "it was read before"
        for name, role in roles.items():
            yield from _compare(name, role, granted[name], declared)
    yield from _cassandra(tree)


def _replay(tree: Tree, granted: dict[str, GrantedRights], roles: dict[str, Role]) -> Iterator[Violation]:
    """Fills `held`; reports what gives rights in a way that cannot be followed."""
    owners = {name for name, role in roles.items() if role.owner}
    yield from _file(tree, INIT, granted, owners)
    for one in granted.values():
        one.tables[RECORD] = (one.fresh, INIT, 1)
    for path in sorted((tree.root / MIGRATIONS).glob("*.sql")):
        yield from _file(tree, path.relative_to(tree.root), granted, owners)


def _file(tree: Tree, path: Path, granted: dict[str, GrantedRights], owners: set[str]) -> Iterator[Violation]:
    for statement in sql.statements(tree.text(path)):
        if not _follow(statement, path, granted, owners) and sql.gives_rights(statement):
            what = f"gives rights in a way that is not declared: {statement.text[:80]}"
            yield Violation(RULE, path, statement.line, what, WHY, FIX)


def _follow(statement: Statement, path: Path, granted: dict[str, GrantedRights], owners: set[str]) -> bool:
    """Whether it is one of the forms that are understood."""
    if made := sql.made_table(statement):
        for one in granted.values():
            one.tables[made] = (one.fresh, path, statement.line)
        return True
    if gone := sql.dropped_tables(statement):
        for one in granted.values():
            one.tables = {name: known for name, known in one.tables.items() if name not in gone}
        return True
    if owner := sql.new_owner(statement):
        return owner in owners
    if sql.takes_from_everybody(statement):
        return True
    grant = sql.grant(statement)
    if grant is None or grant.role.upper() == "PUBLIC":
        return False
    return grant.role in granted and _apply(grant, granted[grant.role], path, statement.line)


def _apply(grant: sql.Grant, granted: GrantedRights, path: Path, line: int) -> bool:
    if grant.kind in ("DATABASE", "SCHEMA"):
        return not grant.given or {(right, grant.kind) for right in grant.rights} <= PLACES
    if grant.by_default and grant.kind == "SEQUENCES":
        granted.sequences = grant.after(granted.sequences)
    elif grant.by_default:
        granted.fresh = grant.after(granted.fresh)
    else:
        granted.named |= set(grant.names) if grant.given else set()
        for name in grant.names:
            before = granted.tables[name][0] if name in granted.tables else frozenset[str]()
            granted.tables[name] = (grant.after(before), path, line)
    return True


def _compare(name: str, role: Role, granted: GrantedRights, declared: Source) -> Iterator[Violation]:
    where = ["services", SERVICE, "roles", name]
    at = f"{DECLARATION}:{declared.finding(where, '', '').line}"
    for table, (rights, path, line) in granted.tables.items():
        declared_rights = role.rights(table) if not role.owner else frozenset[str]()
        if surplus := rights - declared_rights:
            listed = ", ".join(sorted(surplus)).upper()
            what = f"{name} may {listed} {table}, which {at} does not declare"
            fix = f"a migration with REVOKE {listed} ON {table} FROM {name}; or the declaration"
            yield Violation(RULE, path, line, what, WHY, fix)
        if missing := declared_rights - rights:
            listed = ", ".join(sorted(missing)).upper()
            what = f"{name} may not {listed} {table}, which {at} declares"
            fix = f"a migration with GRANT {listed} ON {table} TO {name}; or the declaration"
            yield Violation(RULE, path, line, what, WHY, fix)
    for table, (_, path, line) in granted.tables.items():
        if not role.owner and table not in granted.named | {RECORD} and role.rights(table):
            listed = ", ".join(sorted(role.rights(table))).upper()
            what = f"makes {table} and grants {name} nothing: what it may would hang on the server's defaults"
            yield Violation(RULE, path, line, what, WHY, f"GRANT {listed} ON {table} TO {name}; in the same migration")
    if granted.sequences != frozenset(role.sequences):
        found, declared_there = (
            ", ".join(sorted(rights)) or "nothing" for rights in (granted.sequences, role.sequences)
        )
        what = f"{name} may {found} on sequences, {at} declares {declared_there}"
        yield Violation(RULE, INIT, 1, what, WHY, "ALTER DEFAULT PRIVILEGES ... ON SEQUENCES; or the declaration")
    for table in sorted(role.tables.keys() - granted.tables.keys()):
        line = declared.finding([*where, "tables", table], "", "").line
        what = f"{name}: no migration makes a table {table}"
        yield Violation(RULE, DECLARATION, line, what, WHY, "the name of a table, or drop the line")


def _cassandra(tree: Tree) -> Iterator[Violation]:
    for path in sorted((tree.root / CQL).glob("*.cql")):
        known = path.relative_to(tree.root)
        for statement in sql.statements(tree.text(known)):
            if sql.gives_rights(statement):
                what = f"gives rights: {statement.text[:80]}"
                fix = f"services.back-cassandra.roles in {DECLARATION}, which provisioning.py carries out"
                yield Violation(RULE, known, statement.line, what, WHY, fix)
