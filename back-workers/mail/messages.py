"""Renders a mail: `templates/<name>.html` and `.txt`, the subject on the text's first line.

The Message-ID is made of the event's id, so that a mail sent twice is recognised as one by mail programs that care.
"""

from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mail import money
from shared.models.events import Event
from shared.utils.correlation import HEADER

PRODUCT = "Tools Dashboard"


class Messages:
    """`public_url` is where the links lead."""

    def __init__(self, *, mail_from: str, public_url: str) -> None:
        self._from, self._url = mail_from, public_url.rstrip("/")
        self._domain = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        filters: dict[str, Any] = self._templates.filters
        filters |= {"amount": money.amount, "month": money.month}

    def render(self, template: str, event: Event, *, to: str, **values: Any) -> EmailMessage:
        """The mail that `event` causes, to the address `to`. A line break in an address raises ValueError."""
        values |= {"url": self._url, "product": PRODUCT}
        text = self._templates.get_template(f"{template}.txt").render(values)
        subject, _, body = text.partition("\n")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._from, to, subject.strip()
        message["Date"] = format_datetime(event.occurred_at)
        message["Message-ID"] = f"<{event.id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message[HEADER] = event.correlation_id or event.id
        message.set_content(body.strip() + "\n")
        html = self._templates.get_template(f"{template}.html").render(values | {"subject": subject.strip()})
        message.add_alternative(html, subtype="html")
        return message
