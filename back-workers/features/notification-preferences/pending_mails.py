"""Sends mails that waited: for the end of somebody's hours of quiet, or as the day's summary.

Claimed, sent, marked, a few at a time. Killed between the last two, those few go out once more when the claim has run out,
with the same Message-ID: a summary's is made of its user and day, and it holds the same whenever it is claimed.

A mail that fails is due again after a growing pause, and becomes a dead letter with its last attempt; one that is refused
does so at once. Neither holds up the others.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from time import monotonic
from typing import Protocol

import structlog
from peers import patiently

from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import Messages
from features.notifications.mail.smtp import Sender
from features.notifications.message import Announced, DailySummary, Part, Said
from features.notifications.messages import telling
from features.notifications.recipients import People
from features.notifications.schedule import chosen
from shared.chassis.client import ServiceClient
from shared.models.base import Items
from shared.models.notification_preferences import Recipient
from shared.models.pending_mail import DueMail, FailedMail, FailedMails, MailClaim, SentMail, SentMails
from shared.utils.errors import ServiceError
from shared.utils.failures import Verdict, verdict_of
from shared.utils.ids import new_id

CLAIMED = 100
AT_ONCE = 5
SECONDS = 15.0  # less than beat's interval, so that runs do not pile up
MOST_ATTEMPTS = 8
FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 30, 3_600
log = structlog.get_logger("mails")


class DeadLetters(Protocol):
    """`dead_letters.Undeliverable`."""

    async def add(self, parts: Sequence[DueMail], reason: str) -> None: ...


class WaitingMails:
    """`lease` in seconds: how long a claimed mail is nobody else's."""

    def __init__(
        self,
        back_postgres: ServiceClient,
        texts: Catalogue,
        messages: Messages,
        sender: Sender,
        dead_letters: DeadLetters,
        *,
        lease: int,
    ) -> None:
        self._postgres, self._people, self._texts = back_postgres, People(back_postgres), texts
        self._messages, self._sender, self._dead_letters = messages, sender, dead_letters
        self._claim = MailClaim(worker=f"worker-{new_id()}", limit=CLAIMED, lease_seconds=lease)

    async def send(self) -> None:
        """Until nothing is due, the time is over, or the mail server is away; then they are due again after the lease."""
        until = monotonic() + SECONDS
        while monotonic() < until and (due := await self._due()):
            people = await self._people.of(part.user_id for part in due)
            mails = [list(parts) for _, parts in groupby(due, key=attrgetter("user_id", "batch"))]
            if not await self._send_all(mails, people, until):
                return

    async def _send_all(self, mails: list[list[DueMail]], people: dict[str, Recipient], until: float) -> bool:
        """Whether it makes sense to go on."""
        for at in range(0, len(mails), AT_ONCE):
            if not await self._send_some(mails[at : at + AT_ONCE], people):
                log.warning("mails wait longer")
                return False
            if monotonic() > until:
                return False
        return True

    async def _due(self) -> list[DueMail]:
        path = "/internal/pending-mails/claim"
        return (await self._postgres.post(path, model=Items[DueMail], json=self._claim)).items

    async def _send_some(self, mails: list[list[DueMail]], people: dict[str, Recipient]) -> bool:
        """Notes what became of each; false when the server is away for all of them."""
        sending = (self._send_one(parts, people.get(parts[0].user_id)) for parts in mails)
        outcomes = await asyncio.gather(*sending, return_exceptions=True)
        if all(_is_away(outcome) for outcome in outcomes):
            return False
        ended: list[DueMail] = []
        failed: list[DueMail] = []
        for parts, outcome in zip(mails, outcomes, strict=True):
            if outcome is not None and not isinstance(outcome, Exception):
                raise outcome
            is_ended = outcome is None or await self._is_buried(parts, outcome)
            (ended if is_ended else failed).append(parts[0])
        await self._note(ended, failed)
        return True

    async def _is_buried(self, parts: list[DueMail], error: Exception) -> bool:
        """Whether it becomes dead letters; else it is to be tried again. An away server serves others: the mail is to blame."""
        is_last = parts[0].attempts + 1 >= MOST_ATTEMPTS
        log.error("a mail that waited failed", user_id=parts[0].user_id, is_last=is_last, error=repr(error))
        if not is_last and verdict_of(error) is not Verdict.REFUSED:
            return False
        await self._dead_letters.add(parts, f"{type(error).__name__}: {error}")
        return True

    async def _note(self, ended: list[DueMail], failed: list[DueMail]) -> None:
        if ended:
            sent = SentMails(items=[SentMail(user_id=part.user_id, batch=part.batch) for part in ended])
            await patiently(lambda: self._postgres.call("POST", "/internal/pending-mails/sent", json=sent))
        if failed:
            again = FailedMails(items=[_again(part) for part in failed])
            await patiently(lambda: self._postgres.call("POST", "/internal/pending-mails/failed", json=again))

    async def _send_one(self, parts: list[DueMail], to: Recipient | None) -> None:
        """Preferences may have changed since it was put aside."""
        wanted = [part for part in parts if to and chosen(to, part.kind).mail != "never"]
        if not to or not wanted:
            return
        first, said = parts[0], self._said(wanted, to)
        message_id = (
            f"{first.user_id}.{first.batch}" if first.digest_day else f"{first.user_id}.{first.notification_id}"
        )
        message = self._messages.render(said, to, message_id=message_id, at=datetime.now(UTC))
        await self._sender.send(message)

    def _said(self, parts: list[DueMail], to: Recipient) -> Said:
        if parts[0].digest_day is None:
            return _of(parts[0], to)
        reader = self._texts.reader(to.locale, to.time_zone)
        told = [(said, *self._texts.in_app(said, reader)) for said in (_of(part, to) for part in parts)]
        summary = tuple(Part(title=title, body=body, link=said.link) for said, title, body in told)
        return DailySummary(name=to.mail_name, count=len(summary), parts=summary)


def _is_away(outcome: BaseException | None) -> bool:
    return isinstance(outcome, Exception) and verdict_of(outcome) is Verdict.AWAY


def _again(part: DueMail) -> FailedMail:
    pause = min(FIRST_RETRY_SECONDS * 2**part.attempts, LONGEST_RETRY_SECONDS)
    return FailedMail(user_id=part.user_id, batch=part.batch, retry_seconds=pause)


def _of(part: DueMail, to: Recipient) -> Said:
    """What one part tells.

    Raises:
        ServiceError: its announcement is gone.
    """
    if part.event:
        return telling(part.event).named(to.mail_name).said
    if part.announced:
        return Announced(title=part.announced.title, body=part.announced.body, link=part.announced.link)
    raise ServiceError("A mail that waits tells of nothing.")
