"""Consumer group `login-events`: stores the sign-in history. A login does not wait for Cassandra."""

from collections.abc import Sequence

from events.consumer import Consumer, handles
from peers import Peers

from shared.chassis.batches import send_batch
from shared.chassis.client import ServiceClient
from shared.models.events import Event
from shared.models.session import LoginEvents, LoginRecorded


def consumer(peers: Peers) -> Consumer:
    return login_consumer(peers.back_cassandra)


def login_consumer(back_cassandra: ServiceClient) -> Consumer:
    async def store(attempts: list[LoginRecorded]) -> None:
        await back_cassandra.call("POST", "/internal/login-events", json=LoginEvents(items=[*attempts]))

    async def store_login(_: Event, attempt: LoginRecorded) -> None:
        await store([attempt])

    async def store_logins(events: Sequence[Event]) -> None:
        await send_batch(store, [LoginRecorded.from_event(event) for event in events])

    return Consumer(
        group="login-events",
        idempotency="natural",
        handlers=(handles(LoginRecorded, store_login),),
        handle_batch=store_logins,
    )
