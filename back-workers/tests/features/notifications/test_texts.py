"""Texts in every language: complete, checked when they are loaded, and as their readers write amounts and times."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from discovery import folders
from features.announcements.messages import AnnouncementMessage
from features.authentication.messages import AccountLockedMessage, SessionRevokedMessage
from features.billing.messages import InvoiceLine, InvoiceMessage
from features.notifications.catalogue import Catalogue, TextsError
from features.notifications.message import MessageModel, Money
from features.notifications.registry import message_models
from hypothesis import find
from hypothesis.strategies import from_type

MODELS: dict[str, Any] = {model.key: model for model in message_models()}
Welcome = MODELS["welcome"]
EURO = Money(minor=123456, currency="EUR")
INVOICE = InvoiceMessage(
    name="Ann",
    number="2026-000042",
    period=date(2026, 3, 1),
    total=EURO,
    lines=(InvoiceLine(label="Pro", quantity=1, amount=EURO),),
)
ENDED = SessionRevokedMessage(name=None, ip="203.0.113.5", at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
ANNOUNCED = AnnouncementMessage(title="New plans", body="For {{ teams }} & <b>all</b>.")
LOCKED = AccountLockedMessage(name=None, ip="203.0.113.5", at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
UNPROVEN = Welcome(name=None, mail_link="/verify-email?token=t")
SUMMARY = MODELS["daily_summary"](name=None, count=1, parts=({"title": "A", "body": "B", "link": None},))
WRITTEN: list[MessageModel] = [
    Welcome(name="Ann"),
    Welcome(name=None),
    UNPROVEN,
    INVOICE,
    ENDED,
    LOCKED,
    ANNOUNCED,
    SUMMARY,
]
OTHERS = [
    find(from_type(kind), lambda _: True) for kind in MODELS.values() if kind not in {type(each) for each in WRITTEN}
]
"""The smallest of whatever else can be said, made of its fields."""


def all_english() -> dict[str, Any]:
    """The English texts of all features."""
    files = [folder / "en.yaml" for folder in folders("texts")]
    return {key: text for file in files for key, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()}


@pytest.fixture(scope="module")
def texts() -> Catalogue:
    return Catalogue()


@pytest.mark.parametrize("message", [*WRITTEN, *OTHERS], ids=lambda message: message.key)
def test_every_message_has_texts_in_every_language(texts: Catalogue, message: MessageModel) -> None:
    assert {"en", "de"} <= texts.languages
    for language in texts.languages:
        locale = texts.locale(language, "Europe/Berlin")
        mail = texts.mail(message, locale)
        in_app = texts.in_app(message, locale)
        assert all([mail.subject, mail.heading, mail.button, mail.why, *mail.paragraphs])
        assert not any(mark in text for text in (mail.subject, mail.heading, *in_app) for mark in ("None", "{%"))
        assert bool(in_app[0]) == (message.key not in ("confirm_email", "registration_repeated", "daily_summary"))


@pytest.mark.parametrize(
    ("locale", "body"),
    [
        ("en", "Your invoice for March 2026 is ready: €1,234.56."),
        ("en-GB", "Your invoice for March 2026 is ready: €1,234.56."),
        ("de", "Ihre Rechnung für März 2026 ist da: 1.234,56\xa0€."),
        ("de-AT", "Ihre Rechnung für März 2026 ist da: €\xa01.234,56."),
        ("de-XX", "Ihre Rechnung für März 2026 ist da: 1.234,56\xa0€."),
        ("fr-CH", "Your invoice for March 2026 is ready: €1,234.56."),
    ],
)
def test_amounts_and_months_are_formatted_for_the_recipient(texts: Catalogue, locale: str, body: str) -> None:
    assert texts.in_app(INVOICE, texts.locale(locale, "UTC"))[1] == body


@pytest.mark.parametrize(
    ("currency", "minor", "text"),
    [("EUR", 0, "€0.00"), ("USD", 5, "$0.05"), ("EUR", -150, "-€1.50"), ("JPY", 1200, "¥1,200")],
)
def test_amounts_have_their_currency_s_digits(texts: Catalogue, currency: str, minor: int, text: str) -> None:
    assert texts.locale("en", "UTC").money(Money(minor=minor, currency=currency)) == text


@pytest.mark.parametrize(
    ("locale", "time_zone", "expected"),
    [
        ("en", "America/New_York", "July 1, 2026"),
        ("de", "Europe/Berlin", "2. Juli 2026, 00:30:00 MESZ"),
        ("de", "Mars/Olympus", "1. Juli 2026, 22:30:00 UTC"),
    ],
)
def test_times_are_in_the_recipient_s_zone(texts: Catalogue, locale: str, time_zone: str, expected: str) -> None:
    paragraphs = texts.mail(ENDED, texts.locale(locale, time_zone)).paragraphs
    assert expected in paragraphs[0]


def test_a_value_is_never_a_template(texts: Catalogue) -> None:
    assert texts.in_app(ANNOUNCED, texts.locale("en", "UTC"))[1] == "For {{ teams }} & <b>all</b>."


@pytest.mark.parametrize(
    ("key", "field", "text", "problem"),
    [
        ("welcome", "body", "Hello {{ nickname }}", "uses nickname"),
        ("invoice", "title", "{{ total | cash }}", "No filter named 'cash'"),
        ("invoice", "title", "{{ number", "unexpected"),
        ("invoice", "titel", "Invoice", "Extra inputs"),
        ("gossip", "title", "", "Field required"),
    ],
)
def test_a_wrong_text_is_refused_when_it_is_loaded(
    tmp_path: Path, key: str, field: str, text: str, problem: str
) -> None:
    english = all_english()
    english.setdefault(key, {})[field] = text
    (tmp_path / "en.yaml").write_text(yaml.safe_dump(english), encoding="utf-8")
    with pytest.raises(TextsError, match=problem):
        Catalogue([tmp_path])


def test_a_language_that_lacks_a_text_is_refused(tmp_path: Path) -> None:
    english = all_english()
    (tmp_path / "en.yaml").write_text(yaml.safe_dump(english), encoding="utf-8")
    del english["announcement"]
    (tmp_path / "fr.yaml").write_text(yaml.safe_dump(english), encoding="utf-8")
    with pytest.raises(TextsError, match=r"fr\.yaml: announcement is missing"):
        Catalogue([tmp_path])
