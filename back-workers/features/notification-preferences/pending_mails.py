"""Sends pending mails: those that wait for the end of somebody's quiet hours, and the daily summaries.

Mails are claimed, sent and marked, a few at a time. Killed between the last two steps, those few go out once more when the
claim has expired, with the same Message-ID: a summary's is made of its user and day, and its content is the same whenever it
is claimed.

A mail that fails is due again after a growing pause, and becomes a dead letter with its last attempt. One that is refused
becomes a dead letter at once. Neither holds up the others.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from time import monotonic
from typing import Protocol

import structlog
from peers import retry_while_unavailable

from features.announcements.messages import AnnouncementMessage
from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import MailRenderer
from features.notifications.mail.smtp import Sender
from features.notifications.message import MessageModel
from features.notifications.recipients import Recipients
from features.notifications.registry import message_for
from features.notifications.schedule import preference_for
from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.notification_preferences import Recipient
from shared.models.pending_mail import DueMail, FailedMail, FailedMails, MailClaim, SentMail, SentMails
from shared.utils.errors import ServiceError
from shared.utils.failures import Verdict, verdict_of
from shared.utils.ids import new_id

from .messages import DailySummaryMessage, SummaryItem

CLAIMED = 100
AT_ONCE = 5
SECONDS = 15.0  # less than beat's interval, so that runs do not pile up
MOST_ATTEMPTS = 8
FIRST_RETRY_SECONDS = 30
LONGEST_RETRY_SECONDS = 3_600
log = structlog.get_logger("mails")


class DeadLetters(Protocol):
    """`dead_letters.MailDeadLetters`."""

    async def add(self, parts: Sequence[DueMail], reason: str) -> None: ...


class PendingMailSender:
    """`lease` in seconds: for how long no other sender may claim a claimed mail."""

    def __init__(
        self,
        back_postgres: ServiceClient,
        texts: Catalogue,
        renderer: MailRenderer,
        sender: Sender,
        dead_letters: DeadLetters,
        *,
        lease: int,
    ) -> None:
        self._postgres = back_postgres
        self._recipients = Recipients(back_postgres)
        self._texts = texts
        self._renderer = renderer
        self._sender = sender
        self._dead_letters = dead_letters
        self._claim = MailClaim(worker=f"worker-{new_id()}", limit=CLAIMED, lease_seconds=lease)

    async def run(self) -> None:
        """Sends until nothing is due, the time is over, or the mail server is away; what is left is due again after the lease."""
        until = monotonic() + SECONDS
        while monotonic() < until and (due := await self._claim_due()):
            recipients = await self._recipients.by_ids(part.user_id for part in due)
            mails = [list(parts) for _, parts in groupby(due, key=attrgetter("user_id", "batch"))]
            if not await self._send_all(mails, recipients, until):
                return

    async def _claim_due(self) -> list[DueMail]:
        path = "/internal/pending-mails/claim"
        return (await self._postgres.post(path, model=Items[DueMail], json=self._claim)).items

    async def _send_all(self, mails: list[list[DueMail]], recipients: dict[str, Recipient], until: float) -> bool:
        """Whether it makes sense to go on."""
        for at in range(0, len(mails), AT_ONCE):
            if not await self._send_some(mails[at : at + AT_ONCE], recipients):
                log.warning("the mail server is away, mails stay pending")
                return False
            if monotonic() > until:
                return False
        return True

    async def _send_some(self, mails: list[list[DueMail]], recipients: dict[str, Recipient]) -> bool:
        """Sends and marks `mails`; false when the server is away for all of them."""
        sending = (self._send_one(parts, recipients.get(parts[0].user_id)) for parts in mails)
        outcomes = await asyncio.gather(*sending, return_exceptions=True)
        if all(_is_away(outcome) for outcome in outcomes):
            return False
        ended: list[DueMail] = []
        failed: list[DueMail] = []
        for parts, outcome in zip(mails, outcomes, strict=True):
            if outcome is not None and not isinstance(outcome, Exception):
                raise outcome
            is_ended = outcome is None or await self._dead_lettered(parts, outcome)
            (ended if is_ended else failed).append(parts[0])
        await self._mark(ended, failed)
        return True

    async def _dead_lettered(self, parts: list[DueMail], error: Exception) -> bool:
        """Whether it becomes dead letters; else it is tried again. A server that is away serves others: the mail is to blame."""
        is_last = parts[0].attempts + 1 >= MOST_ATTEMPTS
        log.error("pending mail failed", user_id=parts[0].user_id, is_last=is_last, error=repr(error))
        if not is_last and verdict_of(error) is not Verdict.REFUSED:
            return False
        await self._dead_letters.add(parts, f"{type(error).__name__}: {error}")
        return True

    async def _mark(self, ended: list[DueMail], failed: list[DueMail]) -> None:
        postgres = self._postgres
        if ended:
            sent = SentMails(items=[SentMail(user_id=part.user_id, batch=part.batch) for part in ended])
            await retry_while_unavailable(lambda: postgres.call("POST", "/internal/pending-mails/sent", json=sent))
        if failed:
            again = FailedMails(items=[_retry_of(part) for part in failed])
            await retry_while_unavailable(lambda: postgres.call("POST", "/internal/pending-mails/failed", json=again))

    async def _send_one(self, parts: list[DueMail], to: Recipient | None) -> None:
        """Preferences may have changed since it became pending."""
        chosen = [part for part in parts if to and preference_for(to, part.kind).mail != "never"]
        if not to or not chosen:
            return
        first = parts[0]
        topic = first.batch if first.digest_day else first.notification_id
        message_id = f"{first.user_id}.{topic}"
        mail = self._renderer.render(self._message(chosen, to), to, message_id=message_id, at=datetime.now(UTC))
        await self._sender.send(mail)

    def _message(self, parts: list[DueMail], to: Recipient) -> MessageModel:
        if parts[0].digest_day is None:
            return _message_of(parts[0], to)
        locale = self._texts.locale(to.locale, to.time_zone)
        items: list[SummaryItem] = []
        for message in (_message_of(part, to) for part in parts):
            title, body = self._texts.in_app(message, locale)
            items.append(SummaryItem(title=title, body=body, link=message.link))
        return DailySummaryMessage(name=to.mail_name, count=len(items), parts=tuple(items))


def _is_away(outcome: BaseException | None) -> bool:
    return isinstance(outcome, Exception) and verdict_of(outcome) is Verdict.AWAY


def _retry_of(part: DueMail) -> FailedMail:
    pause = min(FIRST_RETRY_SECONDS * 2**part.attempts, LONGEST_RETRY_SECONDS)
    return FailedMail(user_id=part.user_id, batch=part.batch, retry_seconds=pause)


def _message_of(part: DueMail, to: Recipient) -> MessageModel:
    """The message of one part.

    Raises:
        ServiceError: its announcement is gone.
    """
    if part.event:
        return message_for(part.event).addressed_to(to.mail_name).message
    if part.announced:
        return AnnouncementMessage(title=part.announced.title, body=part.announced.body, link=part.announced.link)
    raise ServiceError("A pending mail has neither event nor announcement.")
