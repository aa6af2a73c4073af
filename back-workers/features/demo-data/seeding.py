"""Has the stores keep made-up data: first what repeating does not change, last what says that all is there."""

from datetime import datetime

from shared.chassis.client import ServiceClient
from shared.models.demo_data import DemoDataState

from .history import make_history

PATH = "/internal/demo-data"
DEMO_USER = "user@example.com"
DEMO_ADMIN = "admin@example.com"


class DemoAccountsMissing(Exception):
    """back-auth has not made them yet."""


async def seed(back_postgres: ServiceClient, back_cassandra: ServiceClient, now: datetime) -> bool:
    """Whether anything was made: not where the data is there already.

    Raises:
        DemoAccountsMissing: it is too early.
    """
    state = await back_postgres.get(PATH, model=DemoDataState)
    if state.made:
        return False
    by_address = {user.email: user for user in state.accounts}
    if not {DEMO_USER, DEMO_ADMIN} <= by_address.keys():
        raise DemoAccountsMissing
    history = make_history(now, by_address[DEMO_USER], by_address[DEMO_ADMIN])
    for path, body in history.of_cassandra:
        await back_cassandra.call("POST", path, json=body)
    await back_postgres.call("POST", PATH, json=history.of_postgres)
    return True
