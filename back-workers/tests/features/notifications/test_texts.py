"""Texts in every language: complete, checked when they are loaded, and as their readers write amounts and times."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from features.notifications.catalogue import FOLDER, Catalogue, TextsError
from features.notifications.message import (
    SAID,
    Announced,
    ConfirmEmail,
    DailySummary,
    EndedSession,
    Line,
    LockedAccount,
    Money,
    NewInvoice,
    Part,
    RegistrationRepeated,
    Said,
    Welcome,
)
from hypothesis import find
from hypothesis.strategies import from_type

EURO = Money(minor=123456, currency="EUR")
INVOICE = NewInvoice(
    name="Ann",
    number="2026-000042",
    period=date(2026, 3, 1),
    total=EURO,
    lines=(Line(label="Pro", quantity=1, amount=EURO),),
)
ENDED = EndedSession(name=None, ip="203.0.113.5", at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
ANNOUNCED = Announced(title="New plans", body="For {{ teams }} & <b>all</b>.")
LOCKED = LockedAccount(name=None, ip="203.0.113.5", at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
UNPROVEN = Welcome(name=None, mail_link="/verify-email?token=t")
SUMMARY = DailySummary(name=None, count=1, parts=(Part(title="A", body="B", link=None),))
WRITTEN: list[Said] = [Welcome(name="Ann"), Welcome(name=None), UNPROVEN, INVOICE, ENDED, LOCKED, ANNOUNCED, SUMMARY]
OTHERS = [find(from_type(kind), lambda _: True) for kind in SAID if kind not in {type(said) for said in WRITTEN}]
"""The smallest of whatever else can be said, made of its fields."""


@pytest.fixture(scope="module")
def texts() -> Catalogue:
    return Catalogue()


@pytest.mark.parametrize("said", [*WRITTEN, *OTHERS], ids=lambda said: said.key)
def test_every_thing_can_be_said_in_every_language(texts: Catalogue, said: Said) -> None:
    assert {"en", "de"} <= texts.languages
    for language in texts.languages:
        reader = texts.reader(language, "Europe/Berlin")
        mail, in_app = texts.mail(said, reader), texts.in_app(said, reader)
        assert all([mail.subject, mail.heading, mail.button, mail.why, *mail.paragraphs])
        assert not any(mark in text for text in (mail.subject, mail.heading, *in_app) for mark in ("None", "{%"))
        assert bool(in_app[0]) == (type(said) not in (ConfirmEmail, RegistrationRepeated, DailySummary))


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
def test_amounts_and_months_are_those_of_the_reader(texts: Catalogue, locale: str, body: str) -> None:
    assert texts.in_app(INVOICE, texts.reader(locale, "UTC"))[1] == body


@pytest.mark.parametrize(
    ("currency", "minor", "text"),
    [("EUR", 0, "€0.00"), ("USD", 5, "$0.05"), ("EUR", -150, "-€1.50"), ("JPY", 1200, "¥1,200")],
)
def test_amounts_have_their_currency_s_digits(texts: Catalogue, currency: str, minor: int, text: str) -> None:
    assert texts.reader("en", "UTC").money(Money(minor=minor, currency=currency)) == text


@pytest.mark.parametrize(
    ("locale", "time_zone", "expected"),
    [
        ("en", "America/New_York", "July 1, 2026"),
        ("de", "Europe/Berlin", "2. Juli 2026, 00:30:00 MESZ"),
        ("de", "Mars/Olympus", "1. Juli 2026, 22:30:00 UTC"),
    ],
)
def test_moments_are_in_the_reader_s_zone(texts: Catalogue, locale: str, time_zone: str, expected: str) -> None:
    paragraphs = texts.mail(ENDED, texts.reader(locale, time_zone)).paragraphs
    assert expected in paragraphs[0]


def test_what_was_said_is_never_a_template(texts: Catalogue) -> None:
    assert texts.in_app(ANNOUNCED, texts.reader("en", "UTC"))[1] == "For {{ teams }} & <b>all</b>."


@pytest.mark.parametrize(
    ("key", "field", "text", "problem"),
    [
        ("welcome", "body", "Hello {{ nickname }}", "speaks of nickname"),
        ("invoice", "title", "{{ total | cash }}", "No filter named 'cash'"),
        ("invoice", "title", "{{ number", "unexpected"),
        ("invoice", "titel", "Invoice", "Extra inputs"),
        ("gossip", "title", "", "Field required"),
    ],
)
def test_a_wrong_text_is_refused_when_it_is_loaded(
    tmp_path: Path, key: str, field: str, text: str, problem: str
) -> None:
    english = yaml.safe_load((FOLDER / "en.yaml").read_text(encoding="utf-8"))
    english.setdefault(key, {})[field] = text
    (tmp_path / "en.yaml").write_text(yaml.safe_dump(english), encoding="utf-8")
    with pytest.raises(TextsError, match=problem):
        Catalogue(tmp_path)


def test_a_language_that_lacks_a_text_is_refused(tmp_path: Path) -> None:
    english = yaml.safe_load((FOLDER / "en.yaml").read_text(encoding="utf-8"))
    (tmp_path / "en.yaml").write_text(yaml.safe_dump(english), encoding="utf-8")
    del english["announcement"]
    (tmp_path / "fr.yaml").write_text(yaml.safe_dump(english), encoding="utf-8")
    with pytest.raises(TextsError, match=r"fr\.yaml: announcement is missing"):
        Catalogue(tmp_path)
