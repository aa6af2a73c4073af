"""Group `login-events`: the sign-in history, stored when Cassandra is there; a login does not wait for it."""

from consumers.declared import Consumer
from shared.chassis.client import ServiceClient
from shared.models.events import Event
from shared.models.session import LoginEvent, LoginEvents


def login_events(back_cassandra: ServiceClient) -> Consumer:
    async def login_recorded(event: Event) -> None:
        attempt = LoginEvent.model_validate(event.data)
        await back_cassandra.call("POST", "/internal/login-events", json=LoginEvents(items=[attempt]))

    return Consumer(group="login-events", handlers={"login.recorded": login_recorded})
