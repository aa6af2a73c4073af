"""What spans say of statements."""

import pytest

from shared.chassis.tracing.statements import name_of


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("SELECT id FROM profiles WHERE user_id = $1", "SELECT profiles"),
        ("SELECT id, (SELECT sum(x) FROM lines) FROM invoices", "SELECT invoices"),
        ("SELECT EXISTS (SELECT FROM outbox)", "SELECT outbox"),
        ("INSERT INTO plans AS p (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = p.id", "INSERT plans"),
        ("WITH a AS (SELECT id FROM outbox FOR UPDATE SKIP LOCKED) UPDATE outbox o SET x = 1 FROM a", "UPDATE outbox"),
        (
            "WITH u AS (INSERT INTO users (id) VALUES ($1)) INSERT INTO roles (id) VALUES ($1)",
            "INSERT users, INSERT roles",
        ),
        ("DELETE FROM avatars WHERE id = $1", "DELETE avatars"),
        ("LISTEN outbox", "LISTEN"),
    ],
)
def test_a_statement_is_named_by_verb_and_table(statement: str, name: str):
    assert name_of(statement) == name
