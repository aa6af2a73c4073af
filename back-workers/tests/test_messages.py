"""Mails read well as text and as HTML, and cannot be made to say something else."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from mail.messages import Messages
from mail.money import amount, month
from tests.samples import INVOICE, event, invoiced, registered, revoked

from shared.models.billing import Invoice


@pytest.fixture
def messages() -> Messages:
    return Messages(mail_from="Tools Dashboard <no-reply@example.com>", public_url="http://localhost:8000/")


def parts(message: EmailMessage) -> tuple[str, str]:
    """Text and HTML, as a mail program gets them."""
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    assert text
    assert html
    return text.get_content(), html.get_content()


def test_the_welcome_mail_leads_to_the_profile(messages: Messages) -> None:
    happened = registered()
    message = messages.render("welcome", happened, to="ann@example.com", name="Ann")
    text, html = parts(message)
    assert (message["To"], message["Subject"]) == ("ann@example.com", "Welcome to the Tools Dashboard")
    assert message["Message-ID"] == f"<{happened.id}@example.com>"
    assert message["X-Correlation-ID"] == "correlation-1"
    for part in (text, html):
        assert "Welcome, Ann!" in part
        assert "http://localhost:8000/app/profile/create" in part
    assert "prefers-color-scheme: dark" in html


def test_without_a_name_it_is_a_welcome_all_the_same(messages: Messages) -> None:
    text, _ = parts(messages.render("welcome", registered(), to="ann@example.com", name=None))
    assert "Welcome!" in text


def test_the_invoice_mail_has_lines_and_total(messages: Messages) -> None:
    invoice = Invoice.model_validate(INVOICE)
    message = messages.render("invoice", invoiced(), to="ann@example.com", name="Ann", invoice=invoice)
    text, html = parts(message)
    assert message["Subject"] == "Invoice 2026-000042: €1,234.00"
    assert "Pro <monthly> x 3: €36.00" in text
    assert "Total: €1,234.00" in text
    assert "Pro &lt;monthly&gt;" in html
    assert "November 2026" in html


def test_who_registers_again_is_told_to_log_in(messages: Messages) -> None:
    happened = event("user.registration_repeated", {"email": "ann@example.com", "name": None})
    text, html = parts(messages.render("registration_repeated", happened, to="ann@example.com", name=None))
    assert "http://localhost:8000/login" in text
    assert "http://localhost:8000/login" in html


def test_who_lost_a_session_learns_why_and_what_to_do(messages: Messages) -> None:
    parameters = {"name": "Ann", "ip": "203.0.113.5"}
    for part in parts(messages.render("session_revoked", revoked(), to="ann@example.com", **parameters)):
        assert "203.0.113.5" in part
        assert "http://localhost:8000/app/settings" in part


def test_a_name_is_text_and_not_markup(messages: Messages) -> None:
    name = "<script>alert(1)</script>"
    _, html = parts(messages.render("welcome", registered(), to="ann@example.com", name=name))
    assert "<script>" not in html


def test_an_address_cannot_add_headers(messages: Messages) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        messages.render("welcome", registered(), to="ann@example.com\nBcc: all@example.com", name="Ann")


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "EUR", "€0.00"),
        (5, "USD", "$0.05"),
        (1200, "EUR", "€12.00"),
        (-150, "EUR", "-€1.50"),
        (1, "CHF", "CHF 0.01"),
    ],
)
def test_amounts(minor: int, currency: str, text: str) -> None:
    assert amount(minor, currency) == text


def test_months() -> None:
    assert month("2026-02") == "February 2026"
