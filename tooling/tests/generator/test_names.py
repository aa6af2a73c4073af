"""Names that cannot be are refused in one sentence."""

import pytest

from tooling.generator import names
from tooling.generator.names import Refused


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "use small letters"),
        ("Bookmarks", "use small letters"),
        ("book marks", "use small letters"),
        ("book_marks", "use small letters"),
        ("2nd", "use small letters"),
        ("book--marks", "use small letters"),
        ("../secrets", "use small letters"),
        ("bookmarks\n", "use small letters"),
        ("büro", "use small letters"),
        ("b" * 80, "it has 80 characters, 40 are the most"),
        ("import", "a keyword of Python"),
        ("table", "a keyword of SQL"),
        ("current-user", "a keyword of SQL"),
        ("typeof", "a keyword of TypeScript"),
        ("internal", "the house uses it"),
        ("profile", "there is one of that name already"),
    ],
)
def test_a_feature_s_name_is_refused_in_one_sentence(name: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        names.feature(name, {"profile"})
    assert str(refused.value).count(".") - name.count(".") == 1


@pytest.mark.parametrize("name", ["bookmarks", "reading-list", "a", "b" * 40, "web3"])
def test_a_slug_names_a_feature(name: str) -> None:
    assert names.feature(name, {"profile"}) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("due-on", "use small letters"),
        ("__class__", "use small letters"),
        ("d" * 41, "it has 41 characters"),
        ("class", "a keyword of Python"),
        ("order", "a keyword of SQL"),
        ("new", "a keyword of TypeScript"),
        ("user_id", "uses it for something else"),
        ("model_dump", "uses it for something else"),
        ("intent", "uses it for something else"),
        ("title", "there is one of that name already"),
    ],
)
def test_a_field_s_name_is_refused_in_one_sentence(name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        names.field(name, {"title"})


@pytest.mark.parametrize(
    ("name", "why"), [("page", "the house uses it"), ("map", "the house uses it"), ("user", "SQL")]
)
def test_an_entity_hides_no_class(name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        names.entity(name)


def test_a_name_is_spelled_for_classes_and_for_people() -> None:
    assert (names.pascal("reading-list"), names.words("due_on")) == ("ReadingList", "due on")
