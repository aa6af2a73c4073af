"""Hands mails to the SMTP server, and says what its refusals mean (shared.utils.failures)."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal, Protocol

import aiosmtplib
import structlog
from prometheus_client import Counter

from shared.chassis import tracing
from shared.utils.errors import Unavailable
from shared.utils.failures import ItemFailed, ItemRefused, Verdict, record_answer, verdict_for

PEER = "mail"
SECONDS = 10.0
"""For each command of the dialogue."""
NAMED: tuple[tuple[type[Exception], str], ...] = (
    (aiosmtplib.SMTPHeloError, "HELO"),
    (aiosmtplib.SMTPAuthenticationError, "AUTH"),
    (aiosmtplib.SMTPNotSupported, "unsupported"),
    (TimeoutError, "timeout"),
    (OSError, "lost"),
)
"""Errors that the table of failures has a name for, the special ones first."""
MAILS = Counter("mails_total", "Mails handed to the SMTP server.", ["outcome"])
log = structlog.get_logger("mail")


class MailRejected(ItemRefused):
    """The server will never take this mail."""


class Sender(Protocol):
    async def send(self, message: EmailMessage) -> None: ...


@dataclass
class _Attempt:
    """The progress of the dialogue with the server."""

    stage: Literal["connect", "message", "sent"] = "connect"


class SmtpSender:
    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    async def send(self, message: EmailMessage) -> None:
        """Returns when the server has taken it.

        Raises:
            Unavailable: no mail gets through now.
            ItemFailed: this mail does not get through now.
            MailRejected: it never will.
        """
        attempt = _Attempt()
        try:
            with tracing.client_span(PEER, "send"):
                await self._hand_over(message, attempt)
        except (aiosmtplib.SMTPException, OSError, ValueError, LookupError) as error:
            if attempt.stage != "sent":  # else the server has taken the mail, and only the farewell failed
                raise _to_error(error, ("connect",) if attempt.stage == "connect" else _signs(error)) from error
        record_answer(PEER)
        MAILS.labels("sent").inc()
        log.info("sent a mail", subject=message["Subject"], message_id=message["Message-ID"])

    async def _hand_over(self, message: EmailMessage, attempt: _Attempt) -> None:
        async with aiosmtplib.SMTP(hostname=self._host, port=self._port, timeout=SECONDS) as client:
            attempt.stage = "message"
            await client.send_message(message)
            attempt.stage = "sent"


def _signs(error: Exception) -> tuple[str, ...]:
    """The entries of the table of failures for an error, the exact name first."""
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        return (f"MAIL FROM {error.code}", "MAIL FROM")
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return _of_code(max((each.code for each in error.recipients), default=0))
    for kind, sign in NAMED:
        if isinstance(error, kind):
            return (sign,)
    return _of_code(error.code) if isinstance(error, aiosmtplib.SMTPResponseException) else ("unsendable",)


def _of_code(code: int) -> tuple[str, ...]:
    """A reply outside 4xx and 5xx is one that the protocol has no room for: as a connection that is lost."""
    return (str(code), f"{code // 100}xx", "lost")


def _to_error(error: Exception, signs: tuple[str, ...]) -> Exception:
    verdict = verdict_for("smtp", *signs)
    MAILS.labels(verdict.value).inc()
    text = f"The mail server did not take the mail: {signs[0]}."
    match verdict:
        case Verdict.AWAY:
            return Unavailable(dependency=PEER)
        case Verdict.FAILED:
            return ItemFailed(text, dependency=PEER)
        case Verdict.REFUSED:
            return MailRejected(text, dependency=PEER)
