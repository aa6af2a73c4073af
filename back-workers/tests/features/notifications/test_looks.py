"""A mail looks like the site, says where to switch it off and whom to ask, and its plain text is as good."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from features.billing.messages import InvoiceLine, InvoiceMessage
from features.notifications.catalogue import Catalogue
from features.notifications.locale import locale_of
from features.notifications.mail.renderer import FOOTER, LOGO, TEMPLATES, MailRenderer
from features.notifications.message import Money
from tests.mails import ANN, GERMAN, mail_of, parts
from tests.samples import invoiced, registered, revoked

from shared.models.events import Event

TOKENS = Path(__file__).resolve().parents[4] / "shared" / "front" / "styles" / "tokens.css"
SETTINGS = "http://localhost:8000/app/settings#notifications"
COLOR = re.compile(r"#[0-9a-f]{6}")


def test_the_colors_are_the_site_s() -> None:
    used = set(COLOR.findall((TEMPLATES / "mail.html").read_text(encoding="utf-8")))
    assert len(used) > 8
    assert used - {"#ffffff"} <= set(COLOR.findall(TOKENS.read_text(encoding="utf-8")))


def test_the_logo_travels_with_the_mail_and_is_small(renderer: MailRenderer) -> None:
    mail = message_from_bytes(mail_of(renderer, invoiced()).as_bytes(), policy=policy.default)
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert [part.get_content() for part in pictures] == [LOGO]
    assert f'src="cid:{pictures[0]["Content-ID"][1:-1]}"' in parts(mail_of(renderer, invoiced()))[1]
    assert len(LOGO) < 2_000


def test_what_can_be_switched_off_says_where(renderer: MailRenderer) -> None:
    mail = mail_of(renderer, invoiced())
    assert mail["List-Unsubscribe"] == f"<{SETTINGS}>"
    for part in parts(mail):
        assert SETTINGS in part
        assert "Notification settings" in part
    assert "Benachrichtigungen einstellen" in parts(mail_of(renderer, invoiced(), GERMAN))[0]


def test_an_alarm_cannot_be_switched_off(renderer: MailRenderer) -> None:
    mail = mail_of(renderer, revoked())
    assert mail["List-Unsubscribe"] is None
    assert not [part for part in parts(mail) if SETTINGS in part]


def test_whom_to_ask_stands_in_each_mail_where_there_is_somebody(renderer: MailRenderer) -> None:
    for event in (invoiced(), revoked()):
        assert all("help@example.com" in part for part in parts(mail_of(renderer, event)))
    alone = MailRenderer(Catalogue(), mail_from="no-reply@example.com", public_url="http://localhost:8000")
    assert not [part for part in parts(mail_of(alone, revoked())) if "Support:" in part]


@pytest.mark.parametrize("event", [invoiced(), revoked(), registered()], ids=lambda event: event.type)
def test_the_text_has_no_gaps(renderer: MailRenderer, event: Event) -> None:
    text, _ = parts(mail_of(renderer, event))
    assert "\n\n\n" not in text.replace("\r", "")


def test_days_are_written_as_their_reader_does(renderer: MailRenderer) -> None:
    line = InvoiceLine(label="Pro from 2026-11-29 until 2027-02-30", quantity=1, amount=Money(minor=1, currency="EUR"))
    invoice = InvoiceMessage(
        name=None, number="1", period=registered().occurred_at.date(), total=line.amount, lines=(line,)
    )
    for to, day in ((ANN, "November 29, 2026"), (GERMAN, "29. November 2026")):
        for part in parts(renderer.render(invoice, to, message_id="a", at=registered().occurred_at)):
            assert f"Pro from {day} until 2027-02-30" in part


def test_every_language_has_the_words_of_the_layout() -> None:
    texts = Catalogue()
    assert set(FOOTER) == texts.languages
    assert locale_of("fr", "UTC", texts.languages).language in FOOTER
