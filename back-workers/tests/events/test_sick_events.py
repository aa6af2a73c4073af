"""One event that a peer cannot take, among real processes: the others arrive, and the sick one is a dead letter or can be discarded."""

import pytest
from tests.processes import Processes

from tests.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
SHORT_WAIT = {"EVENT_WAIT_SECONDS": "1"}


async def dead(processes: Processes, user_id: str, group: str) -> list[str]:
    """Why events of this user are dead letters of `group`."""
    dead_letters = [fields for _, fields in await processes.redis.xrange("events:dead")]
    return [each["error"] for each in dead_letters if each["group"] == group and user_id in each["event"]]


@pytest.mark.parametrize(
    ("fault", "reply"), [("RCPT", "450 later"), ("RCPT", "550 nobody"), ("DATA", "451 later"), ("DATA", "drop")]
)
async def test_one_mail_that_is_not_taken_holds_up_no_other(processes: Processes, fault: str, reply: str) -> None:
    sick, email = await processes.register()
    processes.neighbours.smtp_faults[f"{fault} {email}"] = reply
    processes.start("events", EVENT_JOBS="relay,mail", **SHORT_WAIT)
    others = [await processes.register() for _ in range(3)]
    for _, other in others:
        await until(lambda other=other: processes.neighbours.mails_to(other), "the others have their mails", seconds=60)
    (why,) = await until(lambda: dead(processes, sick, "mail"), "the sick one is a dead letter", seconds=120)
    assert ("lost" if reply == "drop" else reply[:3]) in why


async def test_a_mail_server_that_refuses_everybody_is_waited_for(processes: Processes) -> None:
    processes.neighbours.smtp_faults["MAIL"] = "451 not now"
    processes.start("events", EVENT_JOBS="relay,mail", **SHORT_WAIT)
    people = [await processes.register() for _ in range(8)]
    await until(lambda: processes.redis.xlen("events:waiting"), "the waiting is shown", seconds=60)
    processes.neighbours.smtp_faults.clear()
    for _, email in people:
        await until(lambda email=email: processes.neighbours.mails_to(email), "all have their mails", seconds=60)
    assert await processes.redis.xlen("events:dead") == 0


@pytest.mark.parametrize("status", [500, 503])
async def test_one_notification_that_the_store_cannot_take_holds_up_no_other(processes: Processes, status: int) -> None:
    sick, _ = await processes.register()
    processes.neighbours.sick.add(sick)
    processes.neighbours.sick_status = status
    processes.start("events", EVENT_JOBS="relay,notifications", **SHORT_WAIT)
    others = [(await processes.register())[0] for _ in range(3)]

    def notified() -> bool:
        return {*others} <= {each["user_id"] for each in processes.neighbours.notifications.values()}

    await until(notified, "the others are notified", seconds=60)
    await until(lambda: dead(processes, sick, "notifications"), "the sick one is a dead letter", seconds=120)
