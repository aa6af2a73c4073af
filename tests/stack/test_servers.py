# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The servers that integration tests use are real, and have the roles that the stack has."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
import redis
from redis.exceptions import NoPermissionError

from stack.errors import StackError
from stack.native import servers
from stack.native.servers import TESTS_PASSWORD, Place
from stack.runner.probes import cql_ready
from stack.topology import Probe
from tests.servers import empty_tables

pytestmark = pytest.mark.integration


async def connect(place: Place, role: str) -> asyncpg.Connection:
    password = place.secret(f"back-postgres/postgres_{role}_password")
    return await asyncpg.connect(
        host=place.host, port=place.port, user=f"dashboard_{role}", password=password, database="dashboard"
    )


async def test_only_the_migrations_role_owns_the_schema(postgres_server: Place):
    owner = await connect(postgres_server, "migrations")
    await owner.execute("CREATE TABLE IF NOT EXISTS note (text text)")
    app = await connect(postgres_server, "app")
    await app.execute("INSERT INTO note VALUES ('hello')")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute("CREATE TABLE mine (text text)")
    await empty_tables(postgres_server)
    assert await app.fetchval("SELECT count(*) FROM note") == 0
    await app.close()
    await owner.close()


async def test_a_wrong_password_is_refused(postgres_server: Place):
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(
            host=postgres_server.host,
            port=postgres_server.port,
            user="dashboard_app",
            password="x",
            database="dashboard",
        )


def test_redis_knows_only_declared_users(redis_server: Place):
    with pytest.raises(redis.RedisError):
        redis.Redis(redis_server.host, redis_server.port).get("session:1")
    password = redis_server.secret("back-auth/redis_password")
    auth = redis.Redis(redis_server.host, redis_server.port, username="back-auth", password=password)
    auth.set("session:1", "x")
    with pytest.raises(NoPermissionError):
        auth.get("celery:1")
    assert redis.Redis(redis_server.host, redis_server.port, username="tests", password=TESTS_PASSWORD).ping()


def test_cassandra_lets_its_superuser_in(cassandra_server: Place):
    assert asyncio.run(cql_ready(cassandra_server.host, cassandra_server.port, ["cassandra"]))
    assert not asyncio.run(cql_ready(cassandra_server.host, cassandra_server.port, ["wrong"]))


def test_a_server_that_does_not_start_says_why_in_full(servers_folder: Path) -> None:
    (servers_folder / "data").mkdir(exist_ok=True)
    settings = {"REDIS_PORT": "-1", "SECRETS_DIR": str(servers_folder / "secrets" / "back-redis")}
    words = (
        r"valkey did not start, it ended with code 1\. Its log:\n[^$]*FATAL CONFIG FILE ERROR[^$]*Invalid port|argument"
    )
    with (
        pytest.raises(StackError, match=words),
        servers.server("valkey", Probe("redis", "1"), servers_folder, settings),
    ):
        pass
