from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection
from back_redis.revocations import Revocations
from back_redis.sessions import SessionStore
from back_redis.tests.server import RedisServer
from shared.utils.errors import Unavailable
from tests.waiting import PROMPT_SECONDS, until

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
KEY = b"k" * 32
READERS = ["back-api", "back-auth", "back-websockets"]


async def ended_session(store: SessionStore) -> str:
    session = await store.open("u1", role="user", ip="", user_agent="")
    await store.revoke("u1", session.session_id)
    return session.session_id


@pytest.mark.parametrize("service", READERS)
async def test_ended_session_is_known_within_a_second(service: str, connect: Connect) -> None:
    store = SessionStore(connect("back-auth"), KEY)
    earlier = await ended_session(store)
    async with Revocations(connect(service)) as revocations:
        assert revocations.is_revoked(earlier)
        assert not revocations.is_revoked("other")
        later = await ended_session(store)
        await until(lambda: revocations.is_revoked(later), "it is known", seconds=PROMPT_SECONDS)


async def test_what_was_revoked_while_cut_off_is_caught_up(connect: Connect, server: RedisServer) -> None:
    store = SessionStore(connect("back-auth"), KEY)
    async with Revocations(connect("back-api")) as revocations:
        server.stop()
        await until(lambda: not revocations.current, "the loss is noticed")
        with pytest.raises(Unavailable):
            await revocations.check()
        server.start()
        ended = await ended_session(store)
        await until(lambda: revocations.is_revoked(ended), "it is caught up with", seconds=PROMPT_SECONDS)
        await revocations.check()


async def test_starts_without_redis_and_says_so() -> None:
    nowhere = RedisConnection(host="127.0.0.1", port=1, username="x", password="x")
    async with nowhere, Revocations(nowhere) as revocations:
        assert not revocations.is_revoked("x")
        with pytest.raises(Unavailable):
            await revocations.check()


async def test_old_revocations_are_forgotten(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("back_redis.revocations.KEPT_SECONDS", 0.2)
    store = SessionStore(connect("back-auth"), KEY)
    async with Revocations(connect("back-api")) as revocations:
        first = await ended_session(store)
        await until(lambda: revocations.is_revoked(first), "it is known")

        async def forgotten_with_a_later_one() -> bool:
            later = await ended_session(store)
            await until(lambda: revocations.is_revoked(later), "the later one is known")
            return not revocations.is_revoked(first)

        await until(forgotten_with_a_later_one, "the first is forgotten")
