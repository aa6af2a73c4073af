"""Group `login-events`: the sign-in history, stored when Cassandra is there; a login does not wait for it."""

from collections.abc import Sequence

from consumers.declared import Consumer
from shared.chassis.client import ServiceClient
from shared.models.events import Event
from shared.models.session import LoginEvent, LoginEvents


def login_events(back_cassandra: ServiceClient) -> Consumer:
    async def store(events: Sequence[Event]) -> None:
        attempts = LoginEvents(items=[LoginEvent.model_validate(event.data) for event in events])
        await back_cassandra.call("POST", "/internal/login-events", json=attempts)

    async def login_recorded(event: Event) -> None:
        await store([event])

    return Consumer(group="login-events", handlers={"login.recorded": login_recorded}, together=store)
