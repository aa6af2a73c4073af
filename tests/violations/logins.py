# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The logins of the services at their stores, as they are declared; each statement commits by itself."""

import asyncio
import shlex
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import asyncpg
import redis
from cassandra import InvalidRequest, Unauthorized
from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile
from cassandra.policies import RoundRobinPolicy

from stack.native.servers import TESTS_PASSWORD, Place

REFUSALS = (Unauthorized, InvalidRequest, redis.ResponseError)
SUPERUSER = "superuser"
"""In place of a role."""


def postgres(place: Place, role: str, statement: str, *, database: str = "dashboard") -> list[tuple[Any, ...]]:
    """The rows that `role` gets; raises asyncpg.InsufficientPrivilegeError."""

    async def run() -> list[tuple[Any, ...]]:
        name = "superuser_password" if role == SUPERUSER else f"postgres_{role.removeprefix('dashboard_')}_password"
        folder, user = ("postgres", "postgres") if role == SUPERUSER else ("back-postgres", role)
        where: dict[str, Any] = {"host": place.host, "port": place.port, "database": database}
        connection = await asyncpg.connect(user=user, password=place.secret(f"{folder}/{name}"), **where)
        try:
            return [tuple(row.values()) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return asyncio.run(run())


@contextmanager
def cassandra(place: Place, role: str) -> Generator[Any]:
    """A session of `role` in the keyspace."""
    user = "cassandra" if role == SUPERUSER else role
    secret = place.secret(f"back-cassandra/cassandra_{role.removeprefix('dashboard_')}_password")
    login = PlainTextAuthProvider(user, secret)
    profile = ExecutionProfile(load_balancing_policy=RoundRobinPolicy())
    cluster = Cluster(
        [place.host],
        port=place.port,
        auth_provider=login,
        protocol_version=5,
        execution_profiles={EXEC_PROFILE_DEFAULT: profile},
        schema_metadata_enabled=False,
    )
    try:
        yield cluster.connect("dashboard")
    finally:
        cluster.shutdown()


@contextmanager
def back_redis(place: Place, user: str) -> Generator["redis.Redis"]:
    """A connection of `user`."""
    password = TESTS_PASSWORD if user == SUPERUSER else place.secret(f"{user}/redis_password")
    name = "tests" if user == SUPERUSER else user
    with redis.Redis(place.host, place.port, username=name, password=password, decode_responses=True) as connection:
        yield connection


def command(text: str) -> list[str]:
    """`text` as the words that a client sends."""
    return shlex.split(text)
