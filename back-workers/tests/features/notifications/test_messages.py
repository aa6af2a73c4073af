"""Mails read well as text and as HTML, and cannot be made to say something else."""

import importlib
from typing import Any

import pytest
from features.announcements.messages import AnnouncementMessage
from features.notifications.mail.renderer import MailRenderer
from tests.mails import ANN, GERMAN, mail_of, parts
from tests.samples import invoiced, registered, revoked

summary: Any = importlib.import_module("features.notification-preferences.messages")


def test_the_invoice_mail_has_lines_and_total(renderer: MailRenderer) -> None:
    message = mail_of(renderer, invoiced())
    text, html = parts(message)
    assert message["Subject"] == "Invoice 2026-000042: €1,234.00"
    assert "Hello Ann, here is your invoice for November 2026." in text
    assert "Pro <monthly> x 3: €36.00" in text
    assert "Total: €1,234.00" in text
    assert "Pro &lt;monthly&gt;" in html


def test_a_german_reads_german(renderer: MailRenderer) -> None:
    message = mail_of(renderer, invoiced(), GERMAN)
    text, html = parts(message)
    assert message["Subject"] == "Rechnung 2026-000042: 1.234,00\xa0€"
    assert "Guten Tag Ann, hier ist Ihre Rechnung für November 2026." in text
    assert "Pro <monthly> x 3: 36,00\xa0€" in text
    assert '<html lang="de">' in html


def test_who_lost_a_session_learns_why_when_and_what_to_do(renderer: MailRenderer) -> None:
    for part in parts(mail_of(renderer, revoked(occurred_at="2026-07-01T22:30:00Z"), GERMAN)):
        assert "203.0.113.5" in part
        assert "2. Juli 2026, 00:30:00 MESZ" in part
        assert "http://localhost:8000/app/settings" in part


def test_an_announcement_is_its_author_s_words_and_no_markup(renderer: MailRenderer) -> None:
    announcement = AnnouncementMessage(
        title="New\r\nplans <b>", body="For <script>alert(1)</script> {{ all }}", link=None
    )
    message = renderer.render(announcement, ANN, message_id="a", at=registered().occurred_at)
    text, html = parts(message)
    assert message["Subject"] == "New plans <b>"
    assert "For <script>alert(1)</script> {{ all }}" in text
    assert "<script>" not in html
    assert "Read more" not in html


def test_a_summary_lists_what_happened(renderer: MailRenderer) -> None:
    items = tuple(
        summary.SummaryItem(title=f"Title {n}", body="<i>Body</i>", link="/app/billing" if n else None)
        for n in range(2)
    )
    daily = summary.DailySummaryMessage(name="Ann", count=2, parts=items)
    message = renderer.render(daily, ANN, message_id="u.2026-11-26", at=registered().occurred_at)
    text, html = parts(message)
    assert (message["Subject"], message["Message-ID"]) == (
        "2 notifications since your last summary",
        "<u.2026-11-26@example.com>",
    )
    assert "* Title 0\n  <i>Body</i>\n\n* Title 1\n  <i>Body</i>\n  http://localhost:8000/app/billing" in text
    assert "&lt;i&gt;Body" in html


def test_a_name_is_text_and_not_markup(renderer: MailRenderer) -> None:
    _, html = parts(mail_of(renderer, registered(name="<script>alert(1)</script>")))
    assert "<script>" not in html


def test_an_address_cannot_add_headers(renderer: MailRenderer) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        mail_of(renderer, registered(), ANN.model_copy(update={"email": "ann@example.com\nBcc: all@example.com"}))
