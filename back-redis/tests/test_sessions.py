import asyncio
from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection
from back_redis.sessions import Opened, Owner, SessionStore

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(connect: Connect, clock: Clock) -> SessionStore:
    return SessionStore(connect("back-auth"), clock)


async def opened(store: SessionStore, user: str = "u1") -> Opened:
    return await store.open(user, role="user", ip="1.2.3.4", user_agent="Firefox")


async def revoked(connect: Connect) -> list[str]:
    return [fields["sid"] for _, fields in await connect("tests").call("XRANGE", "revoked:sessions", "-", "+")]


async def test_token_rotates_and_names_its_owner(store: SessionStore) -> None:
    session = await opened(store)
    first = await store.rotate(session.refresh_token, role="user")
    second = await store.rotate(first.refresh_token, role="user")
    assert (first.outcome, second.outcome, second.user_id) == ("rotated", "rotated", "u1")
    assert len({session.refresh_token, first.refresh_token, second.refresh_token}) == 3
    assert await store.owner(second.refresh_token) == Owner(user_id="u1", role="user")


async def test_old_token_after_the_grace_ends_the_session(store: SessionStore, clock: Clock, connect: Connect) -> None:
    session = await opened(store)
    successor = (await store.rotate(session.refresh_token, role="user")).refresh_token
    clock.seconds += 11
    reused = await store.rotate(session.refresh_token, role="user")
    assert (reused.outcome, reused.user_id) == ("reused", "u1")
    assert (await store.rotate(successor, role="user")).outcome == "unknown"
    assert await revoked(connect) == [session.session_id]
    assert await store.of_user("u1") == []


async def test_within_the_grace_both_tabs_get_a_working_token(store: SessionStore, clock: Clock) -> None:
    session = await opened(store)
    one = await store.rotate(session.refresh_token, role="user")
    clock.seconds += 9
    other = await store.rotate(session.refresh_token, role="user")
    assert {one.outcome, other.outcome} == {"rotated"}
    assert one.refresh_token != other.refresh_token
    assert (await store.rotate(other.refresh_token, role="user")).outcome == "rotated"
    clock.seconds += 5
    assert (await store.rotate(one.refresh_token, role="user")).outcome == "rotated"
    clock.seconds += 6
    assert (await store.rotate(one.refresh_token, role="user")).outcome == "reused"


async def test_many_tabs_at_the_same_moment(store: SessionStore) -> None:
    session = await opened(store)
    rotated = await asyncio.gather(*(store.rotate(session.refresh_token, role="user") for _ in range(8)))
    assert {r.outcome for r in rotated} == {"rotated"}
    again = await asyncio.gather(*(store.rotate(r.refresh_token, role="user") for r in rotated))
    assert {r.outcome for r in again} == {"rotated"}


async def test_made_up_secret_ends_the_session(store: SessionStore) -> None:
    session = await opened(store)
    assert (await store.rotate(f"{session.session_id}.guess", role="user")).outcome == "reused"
    assert (await store.rotate(session.refresh_token, role="user")).outcome == "unknown"


@pytest.mark.parametrize("token", ["", ".", "x", "x.y", "session:user:u1", "a.b.c", "é.ü", "*"])
async def test_malformed_token_is_unknown(token: str, store: SessionStore) -> None:
    await opened(store)
    assert (await store.rotate(token, role="user")).outcome == "unknown"
    assert await store.owner(token) is None
    await store.close(token)


async def test_logout_ends_the_session_everywhere(store: SessionStore, connect: Connect) -> None:
    session = await opened(store)
    await store.close(f"{session.session_id}.guess")
    assert await store.owner(session.refresh_token)
    await store.close(session.refresh_token)
    assert await store.owner(session.refresh_token) is None
    assert await revoked(connect) == [session.session_id]
    await store.close(session.refresh_token)
    assert len(await revoked(connect)) == 1


async def test_list_shows_own_open_sessions_the_last_used_first(store: SessionStore, clock: Clock) -> None:
    first = await opened(store)
    clock.seconds += 60
    second = await opened(store)
    await opened(store, "u2")
    clock.seconds += 60
    await store.rotate(first.refresh_token, role="user")
    sessions = await store.of_user("u1")
    assert [s.id for s in sessions] == [first.session_id, second.session_id]
    assert (sessions[0].ip, sessions[0].user_agent) == ("1.2.3.4", "Firefox")
    assert (sessions[0].expires_at - sessions[0].last_used_at).days == 7


async def test_only_the_owner_can_revoke(store: SessionStore) -> None:
    session = await opened(store)
    assert not await store.revoke("u2", session.session_id)
    assert not await store.revoke("u1", "nonsense")
    assert await store.revoke("u1", session.session_id)
    assert not await store.revoke("u1", session.session_id)


async def test_all_sessions_of_a_user_can_be_ended(store: SessionStore, connect: Connect) -> None:
    ids = {(await opened(store)).session_id for _ in range(3)}
    stays = await opened(store, "u2")
    await store.revoke_all("u1")
    assert set(await revoked(connect)) == ids
    assert await store.owner(stays.refresh_token)


async def test_secret_is_not_stored_in_clear_and_everything_expires(store: SessionStore, connect: Connect) -> None:
    session = await opened(store)
    administrator = connect("tests")
    stored = str(await administrator.call("HGETALL", f"session:family:{session.session_id}"))
    assert session.refresh_token.partition(".")[2] not in stored
    for key in await administrator.call("KEYS", "session:*"):
        assert 0 < await administrator.call("TTL", key) <= 7 * 86400
