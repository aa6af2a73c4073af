"""docs/violations.md is what stands in tests/violations, and has each kind that a boundary can be broken by."""

from tests.violations import table

KINDS = {"import", "network", "token", "grant", "undeclared call", "contract", "version"}


def test_the_table_is_up_to_date():
    written = table.DOCUMENT.read_text(encoding="utf-8")

    assert written == table.document(), "run: python -m tests.violations.table"


def test_every_kind_is_there():
    assert {row.kind for row in table.rows()} >= KINDS


def test_no_violation_stands_there_twice():
    found = [row[1:] for row in table.rows()]

    assert len(found) == len(set(found))
