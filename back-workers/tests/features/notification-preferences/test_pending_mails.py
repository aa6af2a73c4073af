"""Mails that waited: sent as one a day or by themselves, marked only when they are out, and not when they are not wanted any more."""

import importlib
from collections.abc import Sequence
from typing import Any

import pytest
from features.notifications.catalogue import Catalogue
from features.notifications.mail.renderer import MailRenderer
from features.notifications.mail.smtp import MailRejected
from features.notifications.recipients import PATH as RECIPIENTS
from tests.fakes import FakeSender, FakeService
from tests.samples import RECIPIENT, USER, invoiced, revoked

from shared.models.events import Event
from shared.models.pending_mail import DueMail
from shared.utils.errors import Unavailable
from shared.utils.failures import ItemFailed, PeerFailed

PendingMailSender: Any = importlib.import_module("features.notification-preferences.pending_mails").PendingMailSender
CLAIM = "POST /internal/pending-mails/claim"
SENT = "POST /internal/pending-mails/sent"
FAILED = "POST /internal/pending-mails/failed"
DAY = "2026-11-26"


def due(event: Event | None = None, *, day: str | None = None, **changes: Any) -> dict[str, Any]:
    published = event or invoiced()
    return {
        "user_id": USER,
        "batch": day or published.id,
        "digest_day": day,
        "notification_id": published.id,
        "kind": "invoice",
        "event": published.model_dump(mode="json"),
    } | changes


def announced(**changes: Any) -> dict[str, Any]:
    text = {"id": "a1", "user_id": USER, "kind": "announcement", "title": "New plans", "body": "For teams."}
    text_of = text | {"link": "/app/billing", "created_at": "2026-11-23T10:00:00Z"}
    return due(day=DAY, kind="announcement", announced=text_of, **changes) | {"event": None}


class Fakes:
    """back-postgres gives out `parts` once."""

    def __init__(self, *parts: dict[str, Any], **recipient: Any) -> None:
        self.claims = [list(parts)]
        self.postgres = FakeService(
            "back-postgres",
            {
                CLAIM: lambda _: {"items": self.claims.pop() if self.claims else []},
                f"POST {RECIPIENTS}": {"items": [] if recipient.get("gone") else [RECIPIENT | recipient]},
            },
        )
        self.sender = FakeSender()
        self.dead: list[tuple[str, str]] = []

    async def send(self) -> None:
        texts = Catalogue()
        renderer = MailRenderer(texts, mail_from="no-reply@example.com", public_url="http://localhost:8000")
        await PendingMailSender(self.postgres, texts, renderer, self.sender, self, lease=60).run()

    async def add(self, parts: Sequence[DueMail], reason: str) -> None:
        self.dead += [(part.batch, reason) for part in parts]

    @property
    def marked(self) -> list[str]:
        return [item["batch"] for body in self.postgres.made(SENT) for item in body["items"]]


async def test_a_day_s_summary_is_one_mail_in_the_reader_s_language() -> None:
    fakes = Fakes(due(day=DAY), announced(), locale="de")
    await fakes.send()
    (mail,) = fakes.sender.sent
    assert mail["Subject"] == "2 Benachrichtigungen seit der letzten Übersicht"
    assert mail["Message-ID"] == f"<{USER}.{DAY}@example.com>"
    body = mail.get_body(("plain",))
    assert body
    assert "* Rechnung 2026-000042" in body.get_content()
    assert "* New plans" in body.get_content()
    assert fakes.marked == [DAY]


async def test_one_that_waited_for_the_morning_is_the_mail_that_it_would_have_been() -> None:
    published = invoiced()
    fakes = Fakes(due(published), due(revoked(), kind="security"))
    await fakes.send()
    assert [mail["Subject"] for mail in fakes.sender.sent] == [
        "Invoice 2026-000042: €1,234.00",
        "We ended one of your sessions",
    ]
    assert fakes.sender.sent[0]["Message-ID"] == f"<{USER}.{published.id}@example.com>"


async def test_what_is_not_wanted_any_more_is_left_out() -> None:
    never = [{"kind": "invoice", "live": True, "mail": "never"}]
    fakes = Fakes(due(day=DAY), announced(), due(), kinds=never)
    await fakes.send()
    assert [mail["Subject"] for mail in fakes.sender.sent] == ["1 notification since your last summary"]
    assert len(fakes.marked) == 2


async def test_who_is_gone_gets_nothing_and_it_is_not_asked_again() -> None:
    fakes = Fakes(due(day=DAY), gone=True)
    await fakes.send()
    assert (fakes.sender.sent, fakes.marked) == ([], [DAY])


async def test_while_the_mail_server_is_away_nothing_is_marked_and_nothing_more_tried() -> None:
    fakes = Fakes(*(due() for _ in range(12)))
    fakes.sender.error = Unavailable(dependency="mail")
    await fakes.send()
    assert (fakes.marked, len(fakes.postgres.made(CLAIM))) == ([], 1)


async def test_a_mail_that_is_refused_for_ever_is_a_dead_letter() -> None:
    fakes = Fakes(due(day=DAY))
    fakes.sender.error = MailRejected("no such mailbox")
    await fakes.send()
    assert (fakes.marked, fakes.dead) == ([DAY], [(DAY, "MailRejected: no such mailbox")])


@pytest.mark.parametrize(
    "error", [ItemFailed("450", dependency="mail"), Unavailable(dependency="mail"), PeerFailed(dependency="mail")]
)
async def test_one_that_fails_holds_up_no_other_and_is_tried_again_later(error: Exception) -> None:
    sick = due(attempts=2)
    fakes = Fakes(sick, *(due() for _ in range(12)))
    fakes.sender.errors[f"<{USER}.{sick['notification_id']}@example.com>"] = error
    await fakes.send()
    ((failed,),) = [body["items"] for body in fakes.postgres.made(FAILED)]
    assert (len(fakes.sender.sent), len(fakes.marked)) == (12, 12)
    assert (failed["batch"], failed["retry_seconds"]) == (sick["batch"], 120)
    assert fakes.dead == []


async def test_one_that_fails_for_the_eighth_time_is_a_dead_letter() -> None:
    fakes = Fakes(due(day=DAY, attempts=7))
    fakes.sender.error = ItemFailed("450", dependency="mail")
    await fakes.send()
    assert (fakes.marked, fakes.dead, fakes.postgres.made(FAILED)) == ([DAY], [(DAY, "ItemFailed: 450")], [])


async def test_one_that_cannot_be_written_does_not_hold_up_the_others() -> None:
    fakes = Fakes(due(day=DAY) | {"event": None}, due())
    await fakes.send()
    assert len(fakes.sender.sent) == 1
    assert DAY not in fakes.marked
