"""Renders a mail: the words come from `texts`, their layout from `templates/mail.html` and `mail.txt`.

The Message-ID is made of what the mail is about, so that one sent twice is recognised as one by mail programs that care.
"""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from features.notifications.catalogue import Catalogue
from features.notifications.message import Said
from shared.models.notification_preferences import Recipient
from shared.utils.correlation import HEADER
from shared.utils.texts import one_line

PRODUCT = "Tools Dashboard"


class Messages:
    """`public_url` is where the links lead."""

    def __init__(self, texts: Catalogue, *, mail_from: str, public_url: str) -> None:
        self._texts, self._from, self._url = texts, mail_from, public_url.rstrip("/")
        self._domain = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(
        self, said: Said, to: Recipient, *, message_id: str, at: datetime, correlation_id: str = ""
    ) -> EmailMessage:
        """The mail that tells `said`. A line break in an address raises ValueError."""
        reader = self._texts.reader(to.locale, to.time_zone)
        mail = self._texts.mail(said, reader)
        values: dict[str, Any] = {"said": mail, "reader": reader, "language": reader.language}
        values["link"] = said.mail_link or said.link
        values |= {"lines": getattr(said, "lines", ()), "parts": getattr(said, "parts", ())}
        values |= {"url": self._url, "product": PRODUCT}
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._from, to.email, one_line(mail.subject)
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{message_id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message[HEADER] = correlation_id or message_id
        message.set_content(self._templates.get_template("mail.txt").render(values).strip() + "\n")
        message.add_alternative(self._templates.get_template("mail.html").render(values), subtype="html")
        return message
