"""Mails read well as text and as HTML, and cannot be made to say something else."""

import importlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from features.announcements.messages import AnnouncementMessage
from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import MailRenderer
from features.notifications.registry import message_for
from tests.samples import VERIFICATION, event, invoiced, registered, revoked

from shared.models.events import Event
from shared.models.notification_preferences import Recipient

summary: Any = importlib.import_module("features.notification-preferences.messages")
ANN = Recipient(user_id="u", email="ann@example.com", email_verified=True, name="Ann")
STRANGER = ANN.model_copy(update={"email_verified": False, "name": "Your account is locked, call us"})
GERMAN = ANN.model_copy(update={"locale": "de-DE", "time_zone": "Europe/Berlin"})


@pytest.fixture(scope="module")
def renderer() -> MailRenderer:
    sent_from = "Tools Dashboard <no-reply@example.com>"
    return MailRenderer(Catalogue(), mail_from=sent_from, public_url="http://localhost:8000/")


def mail_of(renderer: MailRenderer, happened: Event, to: Recipient = ANN) -> EmailMessage:
    message = message_for(happened).addressed_to(to.mail_name).message
    known: dict[str, Any] = {"message_id": happened.id, "at": happened.occurred_at, "correlation_id": "correlation-1"}
    return renderer.render(message, to, **known)


def parts(message: EmailMessage) -> tuple[str, str]:
    """Text and HTML, as a mail program gets them."""
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    assert text
    assert html
    return text.get_content(), html.get_content()


def test_the_welcome_mail_leads_to_the_profile(renderer: MailRenderer) -> None:
    happened = registered()
    message = mail_of(renderer, happened)
    assert (message["To"], message["Subject"]) == ("ann@example.com", "Welcome to the Tools Dashboard")
    assert message["Message-ID"] == f"<{happened.id}@example.com>"
    assert message["X-Correlation-ID"] == "correlation-1"
    text, html = parts(message)
    for part in (text, html):
        assert "Welcome, Ann!" in part
        assert "http://localhost:8000/app/profile/create" in part
    assert "prefers-color-scheme: dark" in html
    assert '<html lang="en">' in html


def test_without_a_name_it_is_a_welcome_all_the_same(renderer: MailRenderer) -> None:
    nameless = ANN.model_copy(update={"name": None})
    assert "Welcome!" in parts(mail_of(renderer, registered(name=None), nameless))[0]


@pytest.mark.parametrize("locale", ["en", "de-DE"])
def test_the_first_mail_to_an_address_has_the_link_and_no_word_of_a_stranger(
    renderer: MailRenderer, locale: str
) -> None:
    happened = registered(name=STRANGER.name)
    happened = happened.model_copy(update={"data": happened.data | {"verification": VERIFICATION}})
    repeated = event("user.registration_repeated", {"email": "ann@example.com", "name": STRANGER.name})
    to = STRANGER.model_copy(update={"locale": locale})
    for part in parts(mail_of(renderer, happened, to)):
        assert f"http://localhost:8000/verify-email?token={VERIFICATION['token']}" in part
    for mail in (happened, repeated, revoked()):
        assert "locked" not in mail_of(renderer, mail, to).as_string()


def test_a_new_link_is_mailed_to_whoever_asks(renderer: MailRenderer) -> None:
    asked = {"email": "ann@example.com", "verification": VERIFICATION}
    message = mail_of(renderer, event("user.email_verification_requested", asked))
    assert message["Subject"] == "Confirm your e-mail address"
    for part in parts(message):
        assert f"http://localhost:8000/verify-email?token={VERIFICATION['token']}" in part


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


def test_who_registers_again_is_told_to_log_in(renderer: MailRenderer) -> None:
    happened = event("user.registration_repeated", {"email": "ann@example.com", "name": None})
    for part in parts(mail_of(renderer, happened)):
        assert "http://localhost:8000/login" in part


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
