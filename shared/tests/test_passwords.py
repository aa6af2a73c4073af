"""One form of a password for all keyboards, and the ids that rows have."""

import pytest

from shared.utils.ids import is_id, new_id
from shared.utils.passwords import opaque, spellings


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("correct horse", "correct horse"),
        ("a\u00a0b\u3000c", "a b c"),
        ("e\u0301", "é"),
        ("ﬁ", "ﬁ"),
        (" ", " "),
        ("a\u200db", "a\u200db"),
    ],
)
def test_a_password_has_one_form_however_it_is_typed(typed: str, form: str) -> None:
    assert opaque(typed) == form


@pytest.mark.parametrize(
    ("typed", "why"), [("", "empty"), ("a\tb", "control"), ("\x00", "control"), ("\ud800", "control")]
)
def test_what_is_no_password_is_refused(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        opaque(typed)


def test_a_password_may_have_been_hashed_as_it_was_typed() -> None:
    assert spellings("e\u0301") == ["é", "e\u0301"]
    assert spellings("plain") == ["plain"]
    assert spellings("a\tb") == ["a\tb"]


def test_a_new_id_is_a_uuid_that_sorts_by_its_time() -> None:
    first = new_id()
    second = new_id()
    assert is_id(first)
    assert first[14] == "7"
    assert first < second


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("0193a000-0000-7000-8000-00000000000a", True),
        ("0193A000-0000-7000-8000-00000000000A", True),
        ("0193a000000070008000000000000001", False),
        ("{0193a000-0000-7000-8000-000000000001}", False),
        ("0193a000-0000-7000-8000-00000000000g", False),
        ("", False),
    ],
)
def test_an_id_has_one_form(text: str, is_one: bool) -> None:
    assert is_id(text) is is_one
