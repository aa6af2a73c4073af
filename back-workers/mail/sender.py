"""Hands mails to the SMTP server."""

from email.message import EmailMessage
from typing import Protocol

import aiosmtplib
import structlog
from prometheus_client import Counter

from shared.chassis import tracing
from shared.utils.errors import ServiceError, Unavailable

SECONDS = 10.0
PERMANENT = 500
MAILS = Counter("mails_total", "Mails handed to the SMTP server.", ["outcome"])
log = structlog.get_logger("mail")


class Refused(ServiceError):
    """The server will never take this mail."""


class Sender(Protocol):
    async def send(self, message: EmailMessage) -> None: ...


class SmtpSender:
    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    async def send(self, message: EmailMessage) -> None:
        """Returns when the server has taken it.

        Raises:
            Unavailable: it cannot be reached, or wants to be asked again later.
            Refused: it does not take it.
        """
        try:
            with tracing.call("mail", "send"):
                await aiosmtplib.send(message, hostname=self._host, port=self._port, timeout=SECONDS)
        except (aiosmtplib.SMTPException, OSError) as error:
            MAILS.labels("failed").inc()
            if _code(error) >= PERMANENT:
                raise Refused(f"The mail server refused the mail ({_code(error)}).") from error
            raise Unavailable(dependency="mail") from error
        MAILS.labels("sent").inc()
        log.info("sent a mail", subject=message["Subject"], message_id=message["Message-ID"])


def _code(error: Exception) -> int:
    """The SMTP reply code of a refusal; 0 when there was no reply."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return max((_code(each) for each in error.recipients), default=0)
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else 0
