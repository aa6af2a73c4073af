"""Which characters texts from outside may hold."""

import re
import unicodedata

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from shared.models.announcement import AnnouncementCreate
from shared.models.base import WebAddress
from shared.models.profile import ProfileCreate, ProfileUpdate
from shared.models.user import RegisterUser, Registration
from shared.utils import texts
from shared.utils.texts import one_line

JOINERS = "\u200c\u200d"
HASH = {"email": "ada@example.com", "password_hash": "x", "attempted_at": "2026-01-01T00:00:00Z"}
NAMED: list[tuple[type[BaseModel], dict[str, str], str]] = [
    (Registration, {"email": "ada@example.com", "password": "correct horse battery"}, "name"),
    (RegisterUser, HASH, "name"),
    (ProfileCreate, {}, "name"),
    (ProfileCreate, {"name": "Ada"}, "display_name"),
    (ProfileUpdate, {}, "name"),
    (ProfileUpdate, {}, "display_name"),
    (AnnouncementCreate, {"body": "Hello"}, "title"),
]
MULTI_LINE: list[tuple[type[BaseModel], dict[str, str], str]] = [
    (ProfileCreate, {"name": "Ada"}, "bio"),
    (ProfileUpdate, {}, "bio"),
    (AnnouncementCreate, {"title": "Hello"}, "body"),
]
FORGED = ["Bob!\n\nYour account is locked", "a\rb", "a\x85b", "a\u2028b", "a\u2029b", "a\x00b", "a\x1b[31m", "a\x7f"]
DECEIVING = ["a\u202eb", "a\u2066b", "a\u200bb", "a\ufeffb", "a\u00adb", "a\u2060b", "a\U000e0041b", "\ud800"]
BLANK = ["", " ", "\u3000", "\u200d", "\u3164", "\u2800", "\ufe0f", "\u00a0\u2003"]
HONEST = [
    "Ada",
    "  Ada ",
    "Ærøskøbing",
    "می\u200cخواهم",
    "👩\u200d👩\u200d👧",
    "❤\ufe0f",
    "O'Neil-Łukasz",
    "名前",
    "a\u0301",
]


@pytest.mark.parametrize(("model", "rest", "field"), NAMED)
def test_one_line_is_one_visible_line(model: type[BaseModel], rest: dict[str, str], field: str) -> None:
    for text in (*FORGED, *DECEIVING, *BLANK, "\n", "a\tb", "Ada\n"):
        with pytest.raises(ValidationError):
            model.model_validate(rest | {field: text})
    for text in HONEST:
        assert getattr(model.model_validate(rest | {field: text}), field) == text.strip()


@pytest.mark.parametrize(("model", "rest", "field"), MULTI_LINE)
def test_several_lines_hold_new_lines_and_tabs_alone(model: type[BaseModel], rest: dict[str, str], field: str) -> None:
    for text in (*FORGED[1:], *DECEIVING):
        with pytest.raises(ValidationError):
            model.model_validate(rest | {field: text})
    for text in (*HONEST, "a\n\tb\n\nc"):
        assert getattr(model.model_validate(rest | {field: text}), field).strip() == text.strip()


@pytest.mark.parametrize("pattern", [texts.ONE_LINE, texts.ONE_VISIBLE_LINE, texts.LINES, texts.VISIBLE_LINES])
def test_the_ranges_are_those_of_unicode(pattern: str) -> None:
    allowed = JOINERS + ("\n\t" if pattern in (texts.LINES, texts.VISIBLE_LINES) else "")
    known = (chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    assigned = (each for each in known if unicodedata.category(each) != "Cn")
    wrong = [
        f"U+{ord(each):04X}"
        for each in assigned
        if (unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp") and each not in allowed)
        != (re.match(pattern, f"a{each}b") is None)
    ]
    assert wrong == []


def test_what_cannot_be_refused_is_made_one_line() -> None:
    assert one_line("Firefox\r\nSubject: x\u2028y\u202e") == "Firefox Subject: x y "
    assert one_line("Firefox/1.0 (👩\u200d👧)") == "Firefox/1.0 (👩\u200d👧)"


@pytest.mark.parametrize(
    "address", ["https://a.example", "http://a.example:8/b?c=d#e", "https://m\u00fcnchen.example/\u00e4"]
)
def test_a_web_address_may_lead_anywhere(address: str) -> None:
    assert TypeAdapter(WebAddress).validate_python(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a.example",
        "//a.example",
        "https://",
        "https:///a",
        "javascript:alert(1)",
        "data:text/html,a",
        "ftp://a.example",
    ]
    + [f"https://a.example/{odd}" for odd in (" ", "\n", "\x00", "\u202e", "\u200b", "\u3164")],
)
def test_what_is_no_web_address_leads_nowhere(address: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(WebAddress).validate_python(address)
