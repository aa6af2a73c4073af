"""Delivers one announcement: a page of recipients at a time is stored, announced live, and recorded with its mails.

A worker that is killed leaves at most one page that was stored and not recorded. It is delivered again under the same
ids: storing changes nothing, a browser shows an id once, and there is one pending mail a user and notification.
"""

import asyncio
from datetime import UTC, datetime

import structlog
from bisection import BisectingBatch
from peers import Peers, retry_while_unavailable

from features.notifications.schedule import is_quiet, mail_delivery_time, preference_for
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

    def __init__(self, peers: Peers, announcement_id: str, *, lease: int, rate: int) -> None:
        self._postgres = peers.back_postgres
        self._cassandra = peers.back_cassandra
        self._live = peers.live
        self._path = f"/internal/announcements/{announcement_id}"
        self._worker = f"worker-{new_id()}"
        self._lease = lease
        self._rate = rate

    async def run(self) -> None:
        """Ends quietly when another worker holds it; what stays undone is resumed later."""
        try:
            announcement = await self._renew()
            batches = BisectingBatch[Recipient](lambda recipients: self._deliver(announcement, recipients))
            while recipients := await self._next():
                started = asyncio.get_running_loop().time()
                for skipped in await batches.run(recipients):
                    await self._skip(skipped, recipients[-1])
                await self._pace(started, len(recipients))
                await self._renew()
            await self._finish(_skipped(batches.failed))
        except (Conflict, NotFound) as error:
            log.info("another worker holds the lease, or the delivery has ended", path=self._path, reason=error.detail)
        except PeerFailed as error:
            log.exception("announcement failed", path=self._path)
            await self._finish(f"{error.dependency} failed. {error.detail}")
        except Unavailable as error:
            log.warning("paused until a service is back", path=self._path, dependency=error.dependency)
        except ServiceError as error:
            log.exception("announcement failed", path=self._path)
            await self._finish(error.detail)

    async def _deliver(self, announcement: Announcement, recipients: list[Recipient]) -> None:
        now = datetime.now(UTC)
        new = [_notification(announcement, recipient, now) for recipient in recipients]
        await retry_while_unavailable(lambda: send_batch(self._store, new))
        for quiet in (False, True):
            await self._announce([each for each in new if each.live and each.quiet is quiet])
        mails = [mail for recipient in recipients if (mail := _mail(announcement, recipient, now))]
        done = AnnouncementDelivered(
            worker=self._worker, through=recipients[-1].user_id, count=len(recipients), mails=mails
        )
        await self._post("/delivered", done)

    async def _store(self, new: list[NewNotification]) -> None:
        await self._cassandra.call("POST", "/internal/notifications", json=Notifications(items=new))

    async def _skip(self, recipient: Recipient, last: Recipient) -> None:
        """Goes on behind a recipient who cannot be reached, where nothing that was delivered after them does so already."""
        log.error("recipient skipped", path=self._path, user_id=recipient.user_id)
        if recipient == last:
            done = AnnouncementDelivered(worker=self._worker, through=recipient.user_id, count=0, mails=[])
            await self._post("/delivered", done)

    async def _announce(self, new: list[NewNotification]) -> None:
        """One message for all of them. Without back-redis they see it when they next load a page."""
        if not new:
            return
        message = created(new[0].model_copy(update={"user_id": TO_MANY}))
        try:
            await self._live.send([each.user_id for each in new], message)
        except Unavailable:
            log.warning("live message not sent", path=self._path, recipients=len(new))

    async def _pace(self, started: float, count: int) -> None:
        """Pauses, so that requests of users are not delayed."""
        await asyncio.sleep(max(0.0, started + count / self._rate - asyncio.get_running_loop().time()))

    async def _renew(self) -> Announcement:
        return await self._post("/lease", Lease(worker=self._worker, seconds=self._lease))

    async def _next(self) -> list[Recipient]:
        path = self._path + "/recipients"
        params = {"limit": PAGE}
        return (
            await retry_while_unavailable(lambda: self._postgres.get(path, model=Items[Recipient], params=params))
        ).items

    async def _finish(self, error: str | None) -> None:
        done = await self._post("/finish", LeaseFinish(worker=self._worker, error=error))
        log.info("announcement finished", announcement_id=done.id, delivered=done.delivered, state=done.state)

    async def _post(self, step: str, body: Lease | AnnouncementDelivered | LeaseFinish) -> Announcement:
        return await retry_while_unavailable(
            lambda: self._postgres.post(self._path + step, model=Announcement, json=body)
        )


def _skipped(failed: list[Recipient]) -> str | None:
    """The message for the administrator about skipped recipients; None without any."""
    return f"{len(failed)} of the recipients could not be told; all others are." if failed else None


def _notification(announcement: Announcement, recipient: Recipient, now: datetime) -> NewNotification:
    return NewNotification(
        id=announcement.id,
        user_id=recipient.user_id,
        kind="announcement",
        title=announcement.title,
        body=announcement.body,
        link=announcement.link,
        created_at=announcement.created_at,
        live=preference_for(recipient, "announcement").live,
        quiet=is_quiet(recipient, "announcement", now),
    )


def _mail(announcement: Announcement, recipient: Recipient, now: datetime) -> PendingMail | None:
    """All of its mails wait their turn, also those that are to go at once."""
    if preference_for(recipient, "announcement").mail == "never":
        return None
    later = mail_delivery_time(recipient, "announcement", now)
    return PendingMail(
        user_id=recipient.user_id,
        notification_id=announcement.id,
        kind="announcement",
        due_at=later.at if later else now,
        digest_day=later.digest_day if later else None,
    )
