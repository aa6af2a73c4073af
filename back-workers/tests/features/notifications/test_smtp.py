"""What the mail server's refusals mean: over real sockets, for each that RFC 5321 has."""

import asyncio
from collections.abc import AsyncGenerator
from email.message import EmailMessage

import pytest
import pytest_asyncio
from features.notifications.mail import smtp as module
from features.notifications.mail.smtp import MailRejected, SmtpSender
from tests.neighbours import Neighbours, mail_server

from shared.utils.errors import Unavailable
from shared.utils.failures import ItemFailed, ItemRefused
from stack.ports import free_ports

ANN = "ann@example.com"


@pytest_asyncio.fixture
async def known() -> AsyncGenerator[Neighbours]:
    known = Neighbours()
    async with mail_server(known):
        yield known


def mail(to: str = ANN, subject: str = "Hello") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "no-reply@example.com"
    message["To"] = to
    message["Subject"] = subject
    message.set_content("Hello")
    return message


async def send(known: Neighbours, message: EmailMessage | None = None) -> None:
    await SmtpSender("127.0.0.1", known.smtp_port).send(message or mail())


@pytest.mark.parametrize(
    "faults",
    [
        {"connect": "421 too busy"},
        {"connect": "554 not for you"},
        {"EHLO": "421 closing", "HELO": "421 closing"},
        {"EHLO": "550 no", "HELO": "550 no"},
        {"MAIL": "451 not now"},
        {"MAIL": "452 no room"},
        {"MAIL": "550 not from you"},
        {f"RCPT {ANN}": "421 closing"},
        {f"DATA {ANN}": "421 closing"},
    ],
)
async def test_who_takes_no_mail_at_all_is_away(known: Neighbours, faults: dict[str, str]) -> None:
    known.smtp_faults |= faults
    with pytest.raises(Unavailable) as caught:
        await send(known)
    assert caught.value.dependency == "mail"


async def test_a_server_that_is_not_there_is_away() -> None:
    (port,) = free_ports(1)
    with pytest.raises(Unavailable):
        await SmtpSender("127.0.0.1", port).send(mail())


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize("code", [450, 451, 452])
async def test_a_mail_that_is_not_taken_now_has_failed(known: Neighbours, stage: str, code: int) -> None:
    known.smtp_faults[f"{stage} {ANN}"] = f"{code} later"
    with pytest.raises(ItemFailed, match=str(code)) as caught:
        await send(known)
    assert not isinstance(caught.value, ItemRefused)
    await send(known, mail("bob@example.com"))
    assert known.mails_to("bob@example.com")


@pytest.mark.parametrize("fault", [f"DATA {ANN}", f"RCPT {ANN}"])
async def test_a_connection_that_is_lost_amid_a_mail_is_that_mails_failure(known: Neighbours, fault: str) -> None:
    known.smtp_faults[fault] = "drop"
    with pytest.raises(ItemFailed, match="lost"):
        await send(known)


async def test_a_server_that_stalls_amid_a_mail_is_that_mails_failure(
    known: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.2)
    known.smtp_faults[f"RCPT {ANN}"] = "stall"
    async with asyncio.timeout(5):
        with pytest.raises(ItemFailed, match="timeout"):
            await send(known)


@pytest.mark.parametrize(
    "faults", [{f"RCPT {ANN}": "550 nobody"}, {f"DATA {ANN}": "554 spam"}, {"MAIL": "552 too large"}]
)
async def test_a_mail_that_is_refused_is_never_taken(known: Neighbours, faults: dict[str, str]) -> None:
    known.smtp_faults |= faults
    with pytest.raises(MailRejected):
        await send(known)


async def test_an_address_that_the_server_cannot_take_is_refused(known: Neighbours) -> None:
    with pytest.raises(MailRejected, match="unsupported"):
        await send(known, mail("jörg@example.com"))


async def test_a_message_without_a_usable_recipient_is_refused(known: Neighbours) -> None:
    message = mail()
    del message["To"]
    with pytest.raises(MailRejected, match="unsendable"):
        await send(known, message)


async def test_a_mail_that_is_taken_is_sent_although_the_farewell_fails(known: Neighbours) -> None:
    known.smtp_faults["QUIT"] = "drop"
    await send(known)
    assert len(known.mails_to(ANN)) == 1
