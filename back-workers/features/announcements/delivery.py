"""The work on one announcement: a page of recipients at a time, stored, told live, and recorded together with its mails.

A worker that is killed leaves at most one page that was stored and not recorded. It is delivered again under the same
ids: storing changes nothing, a browser shows an id once, and a mail waits once a user and notification.
"""

import asyncio
from datetime import UTC, datetime

import structlog
from bisection import Divided
from peers import BulkPeers, patiently

from features.notifications.schedule import chosen, is_quiet, mail_due
from shared.chassis.batches import send_batch
from shared.models.announcement import Announcement, AnnouncementDelivered
from shared.models.base import Items
from shared.models.lease import Lease, LeaseFinish
from shared.models.notification import NewNotification, Notifications, created
from shared.models.notification_preferences import Recipient
from shared.models.pending_mail import PendingMail
from shared.utils.errors import Conflict, NotFound, ServiceError, Unavailable
from shared.utils.failures import PeerFailed
from shared.utils.ids import new_id

PAGE = 500
TO_MANY = ""
"""The `user_id` in a live message that is for more than one."""
log = structlog.get_logger("announcements")


class AnnouncementDelivery:
    """One worker's attempt; `lease` in seconds, `rate` in recipients a second."""

    def __init__(self, peers: BulkPeers, announcement_id: str, *, lease: int, rate: int) -> None:
        self._postgres, self._cassandra, self._live = peers.back_postgres, peers.back_cassandra, peers.live
        self._path = f"/internal/announcements/{announcement_id}"
        self._worker, self._lease, self._rate = f"worker-{new_id()}", lease, rate

    async def do(self) -> None:
        """Ends quietly when another worker holds it; what stays undone is resumed later."""
        try:
            told = await self._renew()
            divided = Divided[Recipient](lambda recipients: self._deliver(told, recipients))
            while recipients := await self._next():
                started = asyncio.get_running_loop().time()
                for untold in await divided.do(recipients):
                    await self._skip(untold, recipients[-1])
                await self._pace(started, len(recipients))
                await self._renew()
            await self._finish(_untold(divided.failed))
        except (Conflict, NotFound) as refused:
            log.info("not ours, or not any more", path=self._path, reason=refused.detail)
        except PeerFailed as error:
            log.exception("announcement failed", path=self._path)
            await self._finish(f"{error.dependency} failed. {error.detail}")
        except Unavailable as error:
            log.warning("giving up for now", path=self._path, dependency=error.dependency)
        except ServiceError as error:
            log.exception("announcement failed", path=self._path)
            await self._finish(error.detail)

    async def _deliver(self, told: Announcement, recipients: list[Recipient]) -> None:
        now = datetime.now(UTC)
        new = [_notification(told, recipient, now) for recipient in recipients]
        await patiently(lambda: send_batch(self._store, new))
        for quiet in (False, True):
            await self._tell([each for each in new if each.live and each.quiet is quiet])
        mails = [mail for recipient in recipients if (mail := _mail(told, recipient, now))]
        done = AnnouncementDelivered(
            worker=self._worker, through=recipients[-1].user_id, count=len(recipients), mails=mails
        )
        await self._post("/delivered", done)

    async def _store(self, new: list[NewNotification]) -> None:
        await self._cassandra.call("POST", "/internal/notifications", json=Notifications(items=new))

    async def _skip(self, recipient: Recipient, last: Recipient) -> None:
        """Goes on behind a recipient who cannot be told, where nothing that was delivered after them does so already."""
        log.error("recipient skipped", path=self._path, user_id=recipient.user_id)
        if recipient == last:
            done = AnnouncementDelivered(worker=self._worker, through=recipient.user_id, count=0, mails=[])
            await self._post("/delivered", done)

    async def _tell(self, new: list[NewNotification]) -> None:
        """One message for all of them. Without back-redis they see it when they next load a page."""
        if not new:
            return
        message = created(new[0].model_copy(update={"user_id": TO_MANY}))
        try:
            await self._live.send([each.user_id for each in new], message)
        except Unavailable:
            log.warning("not told live", path=self._path, recipients=len(new))

    async def _pace(self, started: float, count: int) -> None:
        """Leaves room for whoever waits for a page."""
        await asyncio.sleep(max(0.0, started + count / self._rate - asyncio.get_running_loop().time()))

    async def _renew(self) -> Announcement:
        return await self._post("/lease", Lease(worker=self._worker, seconds=self._lease))

    async def _next(self) -> list[Recipient]:
        path, params = self._path + "/recipients", {"limit": PAGE}
        return (await patiently(lambda: self._postgres.get(path, model=Items[Recipient], params=params))).items

    async def _finish(self, error: str | None) -> None:
        done = await self._post("/finish", LeaseFinish(worker=self._worker, error=error))
        log.info("announcement finished", announcement_id=done.id, delivered=done.delivered, state=done.state)

    async def _post(self, step: str, body: Lease | AnnouncementDelivered | LeaseFinish) -> Announcement:
        return await patiently(lambda: self._postgres.post(self._path + step, model=Announcement, json=body))


def _untold(failed: list[Recipient]) -> str | None:
    """What the administrator reads about recipients who were left out."""
    return f"{len(failed)} of the recipients could not be told; all others are." if failed else None


def _notification(told: Announcement, recipient: Recipient, now: datetime) -> NewNotification:
    return NewNotification(
        id=told.id,
        user_id=recipient.user_id,
        kind="announcement",
        title=told.title,
        body=told.body,
        link=told.link,
        created_at=told.created_at,
        live=chosen(recipient, "announcement").live,
        quiet=is_quiet(recipient, "announcement", now),
    )


def _mail(told: Announcement, recipient: Recipient, now: datetime) -> PendingMail | None:
    """All of its mails wait their turn, also those that are to go at once."""
    if chosen(recipient, "announcement").mail == "never":
        return None
    due = mail_due(recipient, "announcement", now)
    return PendingMail(
        user_id=recipient.user_id,
        notification_id=told.id,
        kind="announcement",
        due_at=due.at if due else now,
        digest_day=due.digest_day if due else None,
    )
