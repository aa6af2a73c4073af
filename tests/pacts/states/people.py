"""Persons who have an account, and nothing else."""

import re
from datetime import UTC, datetime
from uuid import uuid4

from shared.contracts.loader import FOLDER, load
from shared.utils.ids import new_id
from tests.pacts.states.world import Values, World, state

IDS = sorted(
    name
    for _, contract in load(FOLDER)[0]
    for endpoint in contract.endpoints
    for name in re.findall(r"{(\w+_id)}", endpoint.path)
)
"""What the paths of the contracts name."""


async def somebody(world: World, role: str = "user") -> str:
    """The id of a new account."""
    account = {"email": f"{uuid4().hex}@example.com", "password_hash": "none", "name": "Ann", "role": role}
    proven = {"attempted_at": datetime.now(UTC).isoformat(), "email_verified": True}
    return (await world.ask("back-postgres", "POST", "/internal/users/register", {**account, **proven}))["user_id"]


@state("nothing")
async def nothing(world: World) -> Values:
    """Ids of nothing at all."""
    return {**{name: new_id() for name in IDS}, "credentials": "bm9ib2R5OndyaXRlcyBoZXJl"}


@state("a person")
async def person(world: World) -> Values:
    user_id = await somebody(world)
    return {**await nothing(world), "user_id": user_id, "access_token": world.access_token(user_id)}


@state("two persons")
async def two_persons(world: World) -> Values:
    """On two pages, when a page holds one."""
    await somebody(world)
    await somebody(world)
    return {}


@state("an administrator")
async def administrator(world: World) -> Values:
    user_id = await somebody(world, "admin")
    return {**await nothing(world), "user_id": user_id, "access_token": world.access_token(user_id, "admin")}


@state("a person whose login has expired")
async def expired(world: World) -> Values:
    user_id = await somebody(world)
    return {"user_id": user_id, "access_token": world.expired_token(user_id)}
