"""The stand-in for entities that users own answers as back-postgres does."""

import pytest
from tests.peers.owned import OwnedRows

from shared.utils.errors import Conflict, NotFound, Stale

OWNER = "0193a000-0000-7000-8000-000000000001"


def test_what_is_created_is_listed_changed_and_deleted_by_its_owner_alone() -> None:
    rows = OwnedRows()
    made = [rows.answer("POST", OWNER, None, {}, b'{"title": "A"}') for _ in range(3)]
    first = rows.answer("GET", OWNER, None, {"limit": "2"}, b"")
    assert isinstance(first, dict)
    rest = rows.answer("GET", OWNER, None, {"limit": "2", "cursor": first["next_cursor"]}, b"")
    assert isinstance(rest, dict)
    assert (first["items"] + rest["items"], rest["next_cursor"]) == (made[::-1], None)
    entity_id = rest["items"][0]["id"]
    change = b'{"changes": {"title": "B"}, "version": 1}'
    changed = rows.answer("PATCH", OWNER, entity_id, {}, change)
    assert rows.answer("GET", OWNER, entity_id, {}, b"") == changed
    with pytest.raises(Stale):
        rows.answer("PATCH", OWNER, entity_id, {}, change)
    with pytest.raises(NotFound):
        rows.answer("GET", "somebody-else", entity_id, {}, b"")
    assert rows.answer("DELETE", OWNER, entity_id, {"version": "2"}, b"") == b""
    with pytest.raises(NotFound):
        rows.answer("GET", OWNER, entity_id, {}, b"")


def test_an_idempotency_key_makes_one_of_its_owner() -> None:
    rows = OwnedRows()
    made = rows.answer("POST", OWNER, None, {}, b'{"title": "A", "idempotency_key": "key-1"}')
    assert rows.answer("POST", OWNER, None, {}, b'{"title": "A", "idempotency_key": "key-1"}') == made
    assert rows.answer("POST", "somebody-else", None, {}, b'{"title": "B", "idempotency_key": "key-1"}') != made
    with pytest.raises(Conflict):
        rows.answer("POST", OWNER, None, {}, b'{"title": "B", "idempotency_key": "key-1"}')
