"""Has the stores keep or remove made-up data: back-postgres, which says whether it is there, last."""

from datetime import datetime, timedelta

from shared.chassis.client import ServiceClient
from shared.models.demo_data import DemoDataRemoval, DemoDataState, is_made_up

from .history import DEMO_DAYS, make_history

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


async def remove(back_postgres: ServiceClient, back_cassandra: ServiceClient) -> bool:
    """Whether anything was removed: that of the made-up people, and what was made up for the demo user and the staff."""
    state = await back_postgres.get(PATH, model=DemoDataState)
    people = [user for user in state.accounts if is_made_up(user.id)]
    if not people:
        return False
    users = [user.id for user in state.accounts if is_made_up(user.id) or user.email == DEMO_USER]
    since = min(user.created_at for user in people) - timedelta(days=DEMO_DAYS)
    await back_cassandra.call("POST", f"{PATH}/removals", json=DemoDataRemoval(users=users, since=since))
    await back_postgres.call("DELETE", PATH)
    return True
