"""Group `login-events`: the sign-in history, stored when Cassandra is there; a login does not wait for it."""

from collections.abc import Sequence

from events.consumer import Consumer, on

from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.models.event_data import LoginRecorded
from shared.models.events import Event
from shared.models.session import LoginEvents


def login_events(back_cassandra: ServiceClient) -> Consumer:
    async def store(attempts: list[LoginRecorded]) -> None:
        await back_cassandra.call("POST", "/internal/login-events", json=LoginEvents(items=[*attempts]))

    async def login_recorded(_: Event, attempt: LoginRecorded) -> None:
        await store([attempt])

    async def all_recorded(events: Sequence[Event]) -> None:
        await send_batch(store, [LoginRecorded.of(event) for event in events])

    return Consumer(
        group="login-events",
        idempotency="natural",
        handlers=(on(LoginRecorded, login_recorded),),
        together=all_recorded,
    )
