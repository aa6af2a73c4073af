"""Renders a mail: the words come from the catalogue, their layout from `templates/mail.html` and `mail.txt`, its looks from the site.

The Message-ID is made of what the mail is about, so that one sent twice is recognised as one by mail programs that care.
"""

import re
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from features.notifications.catalogue import Catalogue
from features.notifications.message import MessageModel
from features.notifications.schedule import SAFETY
from shared.models.notification_preferences import Recipient
from shared.utils.correlation import HEADER
from shared.utils.texts import one_line

PRODUCT = "Tools Dashboard"
TEMPLATES = Path(__file__).parent / "templates"
LOGO = (TEMPLATES / "logo.png").read_bytes()
SETTINGS = "/app/settings#notifications"
FOOTER = {
    "en": {"settings": "Notification settings", "support": "Support"},
    "de": {"settings": "Benachrichtigungen einstellen", "support": "Support"},
}
"""The words of the layout, by language."""
_BLANK_LINES = re.compile(r"\n{3,}")


class MailRenderer:
    """`public_url` is where the links lead, `support` an address for questions; empty: there is none."""

    def __init__(self, texts: Catalogue, *, mail_from: str, public_url: str, support: str = "") -> None:
        self._texts = texts
        self._from = mail_from
        self._support = support
        self._url = public_url.rstrip("/")
        self._domain = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(
        self, message: MessageModel, to: Recipient, *, message_id: str, at: datetime, correlation_id: str = ""
    ) -> EmailMessage:
        """The mail that says `message` to its recipient.

        Raises:
            ValueError: the address has a line break.
        """
        locale = self._texts.locale(to.locale, to.time_zone)
        texts = self._texts.mail(message, locale)
        values: dict[str, Any] = {
            "mail": texts,
            "locale": locale,
            "link": message.mail_link or message.link,
            "lines": getattr(message, "lines", ()),
            "parts": getattr(message, "parts", ()),
            "url": self._url,
            "product": PRODUCT,
            "settings": self._settings_of(message),
            "support": self._support,
            "footer": FOOTER[locale.language],
        }
        mail = EmailMessage()
        mail["From"] = self._from
        mail["To"] = to.email
        mail["Subject"] = one_line(texts.subject)
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{message_id}@{self._domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        if values["settings"]:
            mail["List-Unsubscribe"] = f"<{values['settings']}>"
        mail[HEADER] = correlation_id or message_id
        self._fill(mail, values)
        return mail

    def _settings_of(self, message: MessageModel) -> str:
        """Where mails of this kind can be switched off; empty for those that cannot."""
        return "" if message.kind == SAFETY else f"{self._url}{SETTINGS}"

    def _fill(self, mail: EmailMessage, values: dict[str, Any]) -> None:
        text = self._templates.get_template("mail.txt").render(values).strip()
        mail.set_content(_BLANK_LINES.sub("\n\n", text) + "\n")
        logo = f"logo@{self._domain}"
        html = self._templates.get_template("mail.html").render(values | {"logo": f"cid:{logo}"})
        mail.add_alternative(html, subtype="html")
        page = mail.get_payload(1)
        assert isinstance(page, EmailMessage)
        page.add_related(LOGO, "image", "png", cid=f"<{logo}>", filename="logo.png", disposition="inline")
