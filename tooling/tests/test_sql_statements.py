"""SQL is read as far as rights go: statements with their lines, and what gives or takes rights."""

import pytest

from tooling.boundaries import sql
from tooling.boundaries.sql import ALL, Grant, Statement

SCRIPT = """-- a comment; with a semicolon
CREATE TABLE a (id int);

/* two
   lines; */ CREATE TABLE b (
    name text DEFAULT 'x; y'
);
DO $$ BEGIN PERFORM 1; END $$;
SELECT 'it''s; fine'
"""


def test_statements_have_the_lines_on_which_they_begin() -> None:
    assert [(one.line, one.text) for one in sql.statements(SCRIPT)] == [
        (2, "CREATE TABLE a (id int)"),
        (5, "CREATE TABLE b ( name text DEFAULT 'x; y' )"),
        (8, "DO $$ BEGIN PERFORM 1; END $$"),
        (9, "SELECT 'it''s; fine'"),
    ]


def test_nothing_but_comments_is_no_statement() -> None:
    assert list(sql.statements("-- nothing\n\n;;\n")) == []


def statement(text: str) -> Statement:
    return Statement(text, 1)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("CREATE TABLE plans (id int)", "plans"),
        ("create unlogged table if not exists public.plans (id int)", "public.plans"),
        ("CREATE INDEX plans_id ON plans (id)", None),
        ("INSERT INTO x VALUES ('CREATE TABLE y')", None),
    ],
)
def test_a_table_that_is_made(text: str, table: str | None) -> None:
    assert sql.made_table(statement(text)) == table


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("DROP TABLE a", {"a"}),
        ("DROP TABLE IF EXISTS a, public.b CASCADE", {"a", "public.b"}),
        ("ALTER TABLE a DROP COLUMN b", set[str]()),
    ],
)
def test_tables_that_are_dropped(text: str, tables: set[str]) -> None:
    assert sql.dropped_tables(statement(text)) == tables


@pytest.mark.parametrize(
    ("text", "owner"),
    [("ALTER DATABASE d OWNER TO m", "m"), ("ALTER SCHEMA public OWNER TO m", "m"), ("ALTER ROLE m SUPERUSER", None)],
)
def test_a_new_owner(text: str, owner: str | None) -> None:
    assert sql.new_owner(statement(text)) == owner


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("REVOKE ALL ON DATABASE d FROM PUBLIC", True),
        ("revoke execute on function f() from public", True),
        ("REVOKE ALL ON a FROM app", False),
        ("GRANT SELECT ON a TO PUBLIC", False),
    ],
)
def test_taking_from_everybody(text: str, does: bool) -> None:
    assert sql.takes_from_everybody(statement(text)) is does


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("GRANT SELECT ON a TO app", True),
        ("REVOKE SELECT ON a FROM app", True),
        ("CREATE ROLE app LOGIN PASSWORD %L", False),
        ("EXECUTE format('CREATE ROLE dashboard_%s LOGIN PASSWORD %L', role)", False),
        ("CREATE ROLE app LOGIN PASSWORD %L SUPERUSER", True),
        ("CREATE ROLE app NOSUPERUSER", True),
        ("ALTER ROLE app BYPASSRLS", True),
        ("ALTER TABLE a OWNER TO app", True),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS ''", True),
        ("ALTER DEFAULT PRIVILEGES FOR ROLE m IN SCHEMA public GRANT ALL ON TABLES TO app", True),
        ("SET ROLE app", True),
        ("SELECT 1", False),
        ("CREATE TABLE grants (granted int)", False),
    ],
)
def test_what_gives_rights(text: str, gives: bool) -> None:
    assert sql.gives_rights(statement(text)) is gives


@pytest.mark.parametrize(
    ("text", "grant"),
    [
        (
            "GRANT SELECT, INSERT ON a TO app",
            Grant(True, frozenset({"select", "insert"}), "TABLES", ("a",), "app", False),
        ),
        ("grant all on table a, b to app", Grant(True, frozenset({"all"}), "TABLES", ("a", "b"), "app", False)),
        ("REVOKE UPDATE ON a FROM app", Grant(False, frozenset({"update"}), "TABLES", ("a",), "app", False)),
        ("GRANT CONNECT ON DATABASE d TO app", Grant(True, frozenset({"connect"}), "DATABASE", ("d",), "app", False)),
        (
            "ALTER DEFAULT PRIVILEGES FOR ROLE m IN SCHEMA public GRANT USAGE ON SEQUENCES TO app",
            Grant(True, frozenset({"usage"}), "SEQUENCES", (), "app", True),
        ),
        ("GRANT app TO other", None),
        ("GRANT SELECT ON a TO app WITH GRANT OPTION", None),
        ("SELECT 1", None),
    ],
)
def test_a_grant_is_read_or_is_of_another_form(text: str, grant: Grant | None) -> None:
    assert sql.grant(statement(text)) == grant


def test_rights_are_added_and_taken_away() -> None:
    select = Grant(True, frozenset({"select"}), "TABLES", ("a",), "app", False)
    nothing = Grant(False, frozenset({"all privileges"}), "TABLES", ("a",), "app", False)
    everything = Grant(True, frozenset({"all"}), "TABLES", ("a",), "app", False)
    assert select.after(frozenset({"insert"})) == {"select", "insert"}
    assert Grant(False, frozenset({"insert"}), "TABLES", ("a",), "app", False).after(
        frozenset({"insert", "update"})
    ) == {"update"}
    assert everything.after(frozenset()) == ALL
    assert nothing.after(frozenset({"select", "truncate"})) == frozenset()
