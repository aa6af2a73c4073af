"""Renders a mail: the words come from the catalogue, their layout from `templates/mail.html` and `mail.txt`.

The Message-ID is made of what the mail is about, so that one sent twice is recognised as one by mail programs that care.
"""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from features.notifications.catalogue import Catalogue
from features.notifications.message import MessageModel
from shared.models.notification_preferences import Recipient
from shared.utils.correlation import HEADER
from shared.utils.texts import one_line

PRODUCT = "Tools Dashboard"


class MailRenderer:
    """`public_url` is where the links lead."""

    def __init__(self, texts: Catalogue, *, mail_from: str, public_url: str) -> None:
        self._texts = texts
        self._from = mail_from
        self._url = public_url.rstrip("/")
        self._domain = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
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
        }
        mail = EmailMessage()
        mail["From"] = self._from
        mail["To"] = to.email
        mail["Subject"] = one_line(texts.subject)
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{message_id}@{self._domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail[HEADER] = correlation_id or message_id
        mail.set_content(self._templates.get_template("mail.txt").render(values).strip() + "\n")
        mail.add_alternative(self._templates.get_template("mail.html").render(values), subtype="html")
        return mail
