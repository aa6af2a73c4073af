"""Cursors are opaque, come back as they were, and a made-up one is a field error."""

import base64
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.utils import cursors
from shared.utils.errors import Invalid


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_key_comes_back(key: list[str]):
    cursor = cursors.encode(*key)

    assert cursors.decode(cursor, len(key)) == tuple(key)
    assert cursor.isascii()
    assert not set(cursor) & set("=+/&? ")


@given(st.text())
def test_text_from_outside_never_crashes(text: str):
    with suppress(Invalid):
        cursors.decode(text, 2)


@pytest.mark.parametrize("value", [[], ["a"], ["a", "b", "c"], ["a", 1], {"a": "b"}, "ab", None, [["a"], "b"]])
def test_a_key_of_another_shape_is_refused(value: object):
    made_up = base64.urlsafe_b64encode(json.dumps(value).encode()).decode()

    with pytest.raises(Invalid) as refused:
        cursors.decode(made_up, 2)
    assert refused.value.errors[0].field == "cursor"
