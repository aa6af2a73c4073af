"""Grants in migrations are replayed and compared with the roles in boundaries.yaml, on a tree of three files."""

from pathlib import Path

import pytest

from tooling.boundaries import grants
from tooling.boundaries.tree import Tree

BOUNDARIES = """version: 1.0.0
imports: []
services:
  back-postgres:
    kind: repository
    port: 8102
    does: data
    calls: []
    roles:
      app: {may: [select, insert], tables: {plans: [select], schema_migrations: []}, sequences: [usage]}
      owner: {owner: true}
"""
INIT = """ALTER DATABASE dashboard OWNER TO owner;
REVOKE ALL ON DATABASE dashboard FROM PUBLIC;
GRANT CONNECT ON DATABASE dashboard TO app;
GRANT USAGE ON SCHEMA public TO app;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO app;
"""
PLANS = "CREATE TABLE plans (id int);\nGRANT SELECT ON plans TO app;\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("shared/contracts", "deploy/config", "back-postgres/migrations", "back-cassandra/migrations"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "shared/contracts/boundaries.yaml").write_text(BOUNDARIES)
    (tmp_path / "deploy/config/postgres-init.sql").write_text(INIT)
    (tmp_path / "back-postgres/migrations/001.sql").write_text(PLANS)
    return tmp_path


def found(root: Path, migration: str = "", *, init: str = "", cql: str = "") -> list[tuple[str, int, str]]:
    """(file, line, what) of each violation after the next migration."""
    (root / "back-postgres/migrations/002.sql").write_text(migration)
    (root / "back-cassandra/migrations/001.cql").write_text(cql)
    with (root / "deploy/config/postgres-init.sql").open("a") as file:
        file.write(init)
    return [(one.path.name, one.line, one.what) for one in grants.check(Tree.at(root))]


def test_what_is_declared_and_granted_is_right(root: Path) -> None:
    assert found(root, "CREATE TABLE users (id int);\nGRANT SELECT, INSERT ON users TO app;\n") == []


def test_a_right_too_many_names_statement_and_line(root: Path) -> None:
    (one,) = found(root, "\nGRANT UPDATE, DELETE ON plans TO app;\n")
    assert one[:2] == ("002.sql", 2)
    assert one[2].startswith("app may DELETE, UPDATE plans, which")
    assert "boundaries.yaml:10 does not declare" in one[2]


def test_a_right_that_is_taken_away_is_missing(root: Path) -> None:
    (one,) = found(root, "REVOKE SELECT ON plans FROM app;\n")
    assert one[2].startswith("app may not SELECT plans, which")


def test_a_right_that_is_given_and_taken_again_is_none(root: Path) -> None:
    assert found(root, "GRANT UPDATE ON plans TO app;\nREVOKE UPDATE ON plans FROM app;\n") == []


def test_a_table_without_a_grant_of_its_own_is_found_even_with_default_rights(root: Path) -> None:
    defaults = "ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO app;\n"
    made = (
        "GRANT SELECT ON plans TO app;\nREVOKE INSERT ON plans FROM app;\nREVOKE ALL ON schema_migrations FROM app;\n"
    )
    (one,) = found(root, f"CREATE TABLE users (id int);\n{made}", init=defaults)
    assert one == ("002.sql", 1, "makes users and grants app nothing: what it may would hang on the server's defaults")


def test_a_table_without_any_grant_lacks_its_rights_too(root: Path) -> None:
    missing, forgotten = found(root, "CREATE TABLE users (id int);\n")
    assert missing[2].startswith("app may not INSERT, SELECT users")
    assert forgotten[2].startswith("makes users and grants app nothing")


def test_the_record_of_migrations_gets_the_defaults(root: Path) -> None:
    defaults = "ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT ON TABLES TO app;\n"
    (one,) = found(root, init=defaults)
    assert one[2].startswith("app may SELECT schema_migrations")


def test_a_dropped_table_is_nobody_s(root: Path) -> None:
    (one,) = found(root, "GRANT UPDATE ON plans TO app;\nDROP TABLE plans;\n")
    assert one[0] == "boundaries.yaml"
    assert one[2] == "app: no migration makes a table plans"


def test_sequences_are_compared(root: Path) -> None:
    more = "ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO app;\n"
    (one,) = found(root, init=more)
    assert one[0] == "postgres-init.sql"
    assert one[2].startswith("app may select, usage on sequences")
    assert one[2].endswith("declares usage")


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON plans TO PUBLIC;",
        "GRANT SELECT ON plans TO stranger;",
        "GRANT CREATE ON SCHEMA public TO app;",
        "GRANT USAGE ON DATABASE dashboard TO app;",
        "GRANT app TO stranger;",
        "ALTER TABLE plans OWNER TO app;",
        "ALTER ROLE app SUPERUSER;",
    ],
)
def test_rights_given_in_another_way_are_reported(root: Path, statement: str) -> None:
    assert found(root, f"SELECT 1;\n{statement}\n") == [
        ("002.sql", 2, f"gives rights in a way that is not declared: {statement.rstrip(';')}")
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE plans OWNER TO owner;",
        "REVOKE CREATE ON SCHEMA public FROM app;",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
        "GRANT ALL ON plans TO owner;\nREVOKE ALL ON plans FROM owner;",
        "UPDATE plans SET id = 1;",
    ],
)
def test_what_gives_nobody_anything_is_let_through(root: Path, statement: str) -> None:
    assert found(root, statement) == []


def test_rights_in_cassandra_s_migrations_are_reported(root: Path) -> None:
    (one,) = found(root, cql="CREATE TABLE a (id int PRIMARY KEY);\nGRANT SELECT ON a TO app;\n")
    assert one == ("001.cql", 2, "gives rights: GRANT SELECT ON a TO app")


def test_without_a_server_s_first_script_only_cassandra_is_looked_at(root: Path) -> None:
    (root / "deploy/config/postgres-init.sql").unlink()
    assert [one.path.name for one in grants.check(Tree.at(root))] == []
