"""What `boundaries.yaml` lets each service do, tried with the real ACL users."""

from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection, Refused

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
SERVICES = ["back-api", "back-auth", "back-workers", "back-websockets"]

FORBIDDEN: list[tuple[str, tuple[str, ...]]] = [
    ("back-api", ("GET", "session:family:x")),
    ("back-api", ("XADD", "revoked:sessions", "*", "sid", "x")),
    ("back-api", ("XADD", "events:user", "*", "event", "{}")),
    ("back-api", ("PUBLISH", "other", "x")),
    ("back-api", ("DEL", "presence:x")),
    ("back-api", ("GET", "cache:back-workers:x")),
    ("back-auth", ("XADD", "events:user", "*", "event", "{}")),
    ("back-auth", ("GET", "idempotency:x")),
    ("back-auth", ("GET", "celery:queue")),
    ("back-workers", ("GET", "session:family:x")),
    ("back-workers", ("XADD", "revoked:sessions", "*", "sid", "x")),
    ("back-workers", ("PUBLISH", "other", "x")),
    ("back-websockets", ("GET", "session:family:x")),
    ("back-websockets", ("XREAD", "STREAMS", "events:user", "0")),
    ("back-websockets", ("XADD", "revoked:sessions", "*", "sid", "x")),
    *[
        (service, command)
        for service in SERVICES
        for command in (
            ("FLUSHALL",),
            ("KEYS", "*"),
            ("CONFIG", "GET", "*"),
            ("ACL", "LIST"),
            ("ACL", "SETUSER", service, "+@all"),
            ("SAVE",),
            ("FUNCTION", "FLUSH"),
            ("SCAN", "0"),
            ("RANDOMKEY",),
            ("SWAPDB", "0", "0"),
            ("SHUTDOWN",),
            ("MONITOR",),
            ("CLIENT", "KILL", "TYPE", "normal"),
            ("REPLICAOF", "localhost", "1"),
        )
    ],
]


@pytest.mark.parametrize(("service", "command"), FORBIDDEN, ids=str)
async def test_forbidden(service: str, command: tuple[str, ...], connect: Connect) -> None:
    with pytest.raises(Refused) as caught:
        await connect(service).call(*command)
    assert "permission" in caught.value.reason


@pytest.mark.parametrize("service", SERVICES)
async def test_no_scripting_where_it_is_not_declared(service: str, connect: Connect) -> None:
    async def attempt() -> None:
        await connect(service).call("EVAL", "return 1", 0)

    if service == "back-workers":
        await attempt()
    else:
        with pytest.raises(Refused):
            await attempt()
