"""Persons who have an account, and nothing else."""

import re
from datetime import UTC, datetime
from uuid import uuid4

from shared.contracts.loader import contracts
from shared.utils.ids import new_id
from tests.pacts.states.providers import Providers, Values, state

IDS = sorted(
    name
    for contract in contracts()
    for endpoint in contract.endpoints
    for name in re.findall(r"{(\w+_id)}", endpoint.path)
)
"""What the paths of the contracts name."""


async def somebody(providers: Providers, role: str = "user") -> str:
    """The id of a new account."""
    account = {"email": f"{uuid4().hex}@example.com", "password_hash": "none", "name": "Ann", "role": role}
    proven = {"attempted_at": datetime.now(UTC).isoformat(), "email_verified": True}
    return (await providers.ask("back-postgres", "POST", "/internal/users/register", {**account, **proven}))["user_id"]


@state("nothing")
async def nothing(providers: Providers) -> Values:
    """Ids of nothing at all."""
    return {**{name: new_id() for name in IDS}, "credentials": "bm9ib2R5OndyaXRlcyBoZXJl"}


@state("a person")
async def person(providers: Providers) -> Values:
    user_id = await somebody(providers)
    return {**await nothing(providers), "user_id": user_id, "access_token": providers.access_token(user_id)}


@state("two persons")
async def two_persons(providers: Providers) -> Values:
    """On two pages, when a page holds one."""
    await somebody(providers)
    await somebody(providers)
    return {}


@state("an administrator")
async def administrator(providers: Providers) -> Values:
    user_id = await somebody(providers, "admin")
    return {**await nothing(providers), "user_id": user_id, "access_token": providers.access_token(user_id, "admin")}


@state("a person whose login has expired")
async def expired(providers: Providers) -> Values:
    user_id = await somebody(providers)
    return {"user_id": user_id, "access_token": providers.expired_token(user_id)}
