"""What follows from an event: once, in the right order, and again when something was down."""

from typing import Any

import pytest
from events.claims import Claims
from events.consumer import Consumer, dispatch, dispatch_batch
from features.authentication.consumer import login_consumer
from features.notifications.catalogue import Catalogue
from features.notifications.in_app_consumer import in_app_consumer
from features.notifications.mail.renderer import MailRenderer
from features.notifications.mail_consumer import mail_consumer
from features.notifications.recipients import PATH as RECIPIENTS
from features.profile.consumer import live_consumer
from pydantic import ValidationError
from tests.fakes import FakePublisher, FakeSender, FakeService
from tests.samples import RECIPIENT, USER, event, invoiced, locked, registered, revoked

from back_redis.consumers import UnsupportedVersion
from shared.models.events import Event
from shared.utils.errors import Unavailable

CLAIM = "POST /internal/processed-events"
ASKED = f"POST {RECIPIENTS}"
WAIT = "POST /internal/pending-mails"
ALWAYS_QUIET = {"from": "00:00", "to": "23:59"}


class Fakes:
    """All peers, and consumers over them."""

    def __init__(self) -> None:
        self.postgres = FakeService("back-postgres", {CLAIM: {"state": "claimed"}})
        self.prefer()
        self.cassandra = FakeService("back-cassandra")
        self.publisher: Any = FakePublisher()
        self.sender = FakeSender()
        self.claims = Claims(self.postgres, 60)
        texts = Catalogue()
        renderer = MailRenderer(texts, mail_from="no-reply@example.com", public_url="http://localhost:8000")
        self.mail = mail_consumer(self.postgres, renderer, self.sender)
        self.notifications = in_app_consumer(self.postgres, self.cassandra, self.publisher, texts)
        self.live = live_consumer(self.publisher)
        self.login_events = login_consumer(self.cassandra)

    def prefer(self, **changes: Any) -> None:
        """What the recipient has chosen; `gone=True`: there is none."""
        known = [] if changes.get("gone") else [RECIPIENT | changes]
        self.postgres.replies[ASKED] = {"items": known}

    async def handle(self, consumer: Consumer, event: Any) -> None:
        await dispatch(consumer, event, self.claims)


@pytest.fixture
def fakes() -> Fakes:
    return Fakes()


async def test_a_mail_is_claimed_sent_and_done(fakes: Fakes) -> None:
    event = registered()
    await fakes.handle(fakes.mail, event)
    assert [message["To"] for message in fakes.sender.sent] == ["ann@example.com"]
    assert [call for call, _ in fakes.postgres.calls] == [
        CLAIM,
        ASKED,
        f"PUT /internal/processed-events/mail/{event.id}",
    ]


async def test_what_is_done_is_not_sent_again(fakes: Fakes) -> None:
    fakes.postgres.replies[CLAIM] = {"state": "done"}
    await fakes.handle(fakes.mail, registered())
    assert fakes.sender.sent == []


async def test_what_another_process_sends_waits_for_its_end(fakes: Fakes) -> None:
    fakes.postgres.replies[CLAIM] = {"state": "in_progress"}
    with pytest.raises(Unavailable):
        await fakes.handle(fakes.mail, registered())
    assert fakes.sender.sent == []


async def test_a_mail_that_could_not_be_sent_is_given_back(fakes: Fakes) -> None:
    fakes.sender.error = Unavailable(dependency="mail")
    event = registered()
    with pytest.raises(Unavailable):
        await fakes.handle(fakes.mail, event)
    assert fakes.postgres.calls[-1][0] == f"DELETE /internal/processed-events/mail/{event.id}"


async def test_an_invoice_goes_to_the_address_of_its_user(fakes: Fakes) -> None:
    await fakes.handle(fakes.mail, invoiced())
    assert [(mail["To"], mail["Subject"]) for mail in fakes.sender.sent] == [
        ("ann@example.com", "Invoice 2026-000042: €1,234.00")
    ]


@pytest.mark.parametrize(
    ("event", "subject"),
    [
        (revoked(), "We ended one of your sessions"),
        (locked(), "Someone tried to guess your password"),
    ],
    ids=["session ended", "account locked"],
)
async def test_what_was_done_for_safety_is_notified_by_mail_and_in_the_page(
    event: Event, subject: str, fakes: Fakes
) -> None:
    await fakes.handle(fakes.mail, event)
    await fakes.handle(fakes.notifications, event)
    assert [(mail["To"], mail["Subject"]) for mail in fakes.sender.sent] == [("ann@example.com", subject)]
    ((user_id, message),) = fakes.publisher.published
    assert (user_id, message.data["kind"], message.data["link"]) == (USER, "security", "/app/settings")


async def test_a_notification_is_stored_before_it_is_announced(fakes: Fakes) -> None:
    event = invoiced()
    fakes.cassandra.replies["POST /internal/notifications"] = Unavailable(dependency="cassandra")
    with pytest.raises(Unavailable):
        await fakes.handle(fakes.notifications, event)
    assert fakes.publisher.published == []
    fakes.cassandra.replies.clear()
    await fakes.handle(fakes.notifications, event)
    (stored,) = fakes.cassandra.made("POST /internal/notifications")[-1]["items"]
    ((user_id, message),) = fakes.publisher.published
    assert (user_id, message.id, message.type) == (USER, event.id, "notification.created")
    assert (stored["id"], stored["kind"], stored["title"]) == (event.id, "invoice", "Invoice 2026-000042")
    assert stored["body"] == "Your invoice for November 2026 is ready: €1,234.00."


async def test_a_notification_that_was_stored_and_not_announced_is_announced_later(fakes: Fakes) -> None:
    fakes.publisher.error = Unavailable(dependency="back-redis")
    event = registered()
    with pytest.raises(Unavailable):
        await fakes.handle(fakes.notifications, event)
    fakes.publisher.error = None
    await fakes.handle(fakes.notifications, event)
    assert [message.id for _, message in fakes.publisher.published] == [event.id]


async def test_an_event_that_nobody_declared_is_passed_over(fakes: Fakes) -> None:
    await fakes.handle(fakes.mail, event("profile.deleted", {}))
    assert fakes.postgres.calls == []


async def test_an_event_of_a_version_that_a_consumer_does_not_know_is_parked(fakes: Fakes) -> None:
    newer = event("user.registered", {"account": {}}, version=2)
    with pytest.raises(UnsupportedVersion, match="mail does not know version 2"):
        await fakes.handle(fakes.mail, newer)
    with pytest.raises(UnsupportedVersion):
        await dispatch_batch(fakes.login_events, [event("login.recorded", {}, version=2) for _ in range(2)])
    assert fakes.postgres.calls == []


async def test_data_of_another_form_is_a_failure_of_that_event(fakes: Fakes) -> None:
    with pytest.raises(ValidationError):
        await fakes.handle(fakes.notifications, event("user.registered", {"user": "ann"}))
    assert fakes.cassandra.calls == []


async def test_one_event_alone_or_of_a_consumer_without_batches_goes_its_own_way(fakes: Fakes) -> None:
    assert not await dispatch_batch(fakes.login_events, [event("login.recorded", {})])
    assert not await dispatch_batch(fakes.mail, [registered(), registered()])
    assert not await dispatch_batch(fakes.live, [event("profile.updated", {}), event("profile.updated", {})])


def test_streams_follow_from_the_event_types(fakes: Fakes) -> None:
    assert fakes.mail.streams == ("events:invoice", "events:session", "events:user")
    assert fakes.login_events.streams == ("events:login",)


def choice(kind: str, mail: str = "at_once", *, live: bool = True) -> dict[str, Any]:
    return {"kinds": [{"kind": kind, "live": live, "mail": mail}]}


async def test_in_their_language(fakes: Fakes) -> None:
    fakes.prefer(locale="de-DE")
    await fakes.handle(fakes.notifications, invoiced())
    await fakes.handle(fakes.mail, invoiced())
    (stored,) = fakes.cassandra.made("POST /internal/notifications")[0]["items"]
    assert stored["body"] == "Ihre Rechnung für November 2026 ist da: 1.234,00\xa0€."
    assert fakes.sender.sent[0]["Subject"] == "Rechnung 2026-000042: 1.234,00\xa0€"


async def test_a_kind_that_is_not_wanted_live_is_stored_all_the_same(fakes: Fakes) -> None:
    fakes.prefer(**choice("invoice", live=False))
    await fakes.handle(fakes.notifications, invoiced())
    (stored,) = fakes.cassandra.made("POST /internal/notifications")[0]["items"]
    assert (stored["live"], fakes.publisher.published) == (False, [])


async def test_in_hours_of_quiet_it_is_announced_as_quiet_and_security_is_not(fakes: Fakes) -> None:
    fakes.prefer(quiet_hours=ALWAYS_QUIET)
    await fakes.handle(fakes.notifications, invoiced())
    await fakes.handle(fakes.notifications, revoked())
    assert [message.data["quiet"] for _, message in fakes.publisher.published] == [True, False]


async def test_a_mail_that_is_not_wanted_is_not_sent(fakes: Fakes) -> None:
    fakes.prefer(**choice("invoice", "never"))
    await fakes.handle(fakes.mail, invoiced())
    assert (fakes.sender.sent, fakes.postgres.made(WAIT)) == ([], [])


@pytest.mark.parametrize("chosen", [choice("invoice", "daily"), {"quiet_hours": ALWAYS_QUIET}])
async def test_a_mail_that_is_to_wait_waits_with_its_event(fakes: Fakes, chosen: dict[str, Any]) -> None:
    fakes.prefer(**chosen)
    event = invoiced()
    await fakes.handle(fakes.mail, event)
    ((waiting,),) = [body["items"] for body in fakes.postgres.made(WAIT)]
    assert (waiting["notification_id"], waiting["user_id"], waiting["kind"]) == (event.id, USER, "invoice")
    assert waiting["event"]["data"]["invoice"]["number"] == "2026-000042"
    assert bool(waiting.get("digest_day")) is ("kinds" in chosen)
    assert fakes.sender.sent == []


async def test_who_is_gone_is_not_notified(fakes: Fakes) -> None:
    fakes.prefer(gone=True)
    await fakes.handle(fakes.mail, invoiced())
    await fakes.handle(fakes.notifications, invoiced())
    assert (fakes.sender.sent, fakes.publisher.published, fakes.cassandra.calls) == ([], [], [])


async def test_a_batch_asks_for_its_recipients_once(fakes: Fakes) -> None:
    events = [invoiced(), registered(), revoked()]
    assert await dispatch_batch(fakes.notifications, events)
    (stored,) = fakes.cassandra.made("POST /internal/notifications")
    assert [item["kind"] for item in stored["items"]] == ["invoice", "welcome", "security"]
    assert fakes.postgres.made(ASKED) == [{"ids": [USER]}]
    assert not await dispatch_batch(fakes.mail, events)
    await fakes.handle(fakes.mail, events[0])
    assert len(fakes.postgres.made(ASKED)) == 2
