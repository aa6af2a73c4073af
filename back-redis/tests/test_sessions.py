import asyncio
from collections.abc import Callable

import pytest

from back_redis.connection import RedisConnection
from back_redis.sessions import Opened, Owner, SessionStore
from shared.utils.ids import new_id

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]
KEY = b"k" * 32


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
    return SessionStore(connect("back-auth"), KEY, now=clock)


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
    assert await store.owner(second.refresh_token) == Owner(session_id=session.session_id, user_id="u1", role="user")


async def test_old_token_after_the_grace_ends_the_session(store: SessionStore, clock: Clock, connect: Connect) -> None:
    session = await opened(store)
    successor = (await store.rotate(session.refresh_token, role="user")).refresh_token
    clock.seconds += 11
    reused = await store.rotate(session.refresh_token, role="user")
    assert (reused.outcome, reused.user_id, reused.session_id) == ("reused", "u1", session.session_id)
    assert (await store.rotate(successor, role="user")).outcome == "unknown"
    assert await revoked(connect) == [session.session_id]
    assert await store.list_sessions("u1") == []


async def test_within_the_grace_the_same_token_is_answered(store: SessionStore, clock: Clock) -> None:
    session = await opened(store)
    one = await store.rotate(session.refresh_token, role="user")
    clock.seconds += 9
    other = await store.rotate(session.refresh_token, role="user")
    assert (one.outcome, one.refresh_token) == ("rotated", other.refresh_token)
    third = await store.rotate(one.refresh_token, role="user")
    clock.seconds += 5
    assert await store.rotate(other.refresh_token, role="user") == third
    clock.seconds += 6
    assert (await store.rotate(one.refresh_token, role="user")).outcome == "reused"


async def test_grace_is_for_the_token_before_the_current_one_alone(store: SessionStore) -> None:
    session = await opened(store)
    second = await store.rotate(session.refresh_token, role="user")
    await store.rotate(second.refresh_token, role="user")
    assert (await store.rotate(session.refresh_token, role="user")).outcome == "reused"


async def test_forty_tabs_at_the_same_moment_get_the_same_token(store: SessionStore) -> None:
    session = await opened(store)
    for _ in range(2):
        rotated = await asyncio.gather(*(store.rotate(session.refresh_token, role="user") for _ in range(40)))
        assert len({r.refresh_token for r in rotated}) == 1
        session = Opened(session_id=session.session_id, refresh_token=rotated[0].refresh_token)
    assert await store.owner(session.refresh_token)


def made_up(session: Opened) -> list[str]:
    """What somebody who knows the id of a session may try."""
    session_id, generation, tag = session.refresh_token.split(".")
    altered = ("A" if tag[0] != "A" else "B") + tag[1:]
    return [
        f"{session_id}.guess",
        f"{session_id}.",
        session_id,
        f"{session_id}.{generation}.{altered}",
        f"{session_id}.{int(generation) + 1}.{tag}",
        f"{session_id}.0.{tag}",
        f"{session_id}.{generation}.{tag}A",
        f"{session_id}.{generation}.{tag}\n",
        f"{session_id.upper()}.{generation}.{tag}",
        f"{session_id}.{'9' * 60}.{tag}",
        f"{session_id}.\u0661.{tag}",
        f"{new_id()}.{generation}.{tag}",
    ]


async def test_made_up_token_is_unknown_and_does_nothing(store: SessionStore, connect: Connect) -> None:
    session = await opened(store)
    for token in made_up(session):
        assert (await store.rotate(token, role="admin")).outcome == "unknown", token
        assert await store.owner(token) is None, token
        await store.close(token)
    assert await revoked(connect) == []
    assert (await store.rotate(session.refresh_token, role="user")).outcome == "rotated"


async def test_token_of_another_key_or_family_is_made_up(store: SessionStore, connect: Connect, clock: Clock) -> None:
    session = await opened(store)
    other = await opened(store)
    tag = other.refresh_token.partition(".")[2]
    assert (await store.rotate(f"{session.session_id}.{tag}", role="user")).outcome == "unknown"
    elsewhere = SessionStore(connect("back-auth"), b"x" * 32, now=clock)
    assert (await elsewhere.rotate(session.refresh_token, role="user")).outcome == "unknown"


async def test_logout_with_an_old_token_ends_the_session_too(store: SessionStore) -> None:
    session = await opened(store)
    token = session.refresh_token
    for _ in range(3):
        token = (await store.rotate(token, role="user")).refresh_token
    await store.close(session.refresh_token)
    assert await store.owner(token) is None


@pytest.mark.parametrize("together", [1, 30])
async def test_a_user_has_a_bounded_number_of_sessions(
    together: int, connect: Connect, store: SessionStore, clock: Clock
) -> None:
    store = SessionStore(connect("back-auth"), KEY, most=3, now=clock)
    sessions: list[Opened] = []
    for _ in range(30 // together):
        clock.seconds += 1
        sessions += await asyncio.gather(*(opened(store) for _ in range(together)))
    await opened(store, "u2")
    left = {session.id for session in await store.list_sessions("u1")}
    assert len(left) == 3
    assert left <= {session.session_id for session in sessions}
    assert set(await revoked(connect)) == {session.session_id for session in sessions} - left
    assert len(await store.list_sessions("u2")) == 1


async def test_the_least_recently_used_session_ends_first(connect: Connect, clock: Clock) -> None:
    store = SessionStore(connect("back-auth"), KEY, most=2, now=clock)
    first = await opened(store)
    second = await opened(store)
    clock.seconds += 60
    await store.rotate(first.refresh_token, role="user")
    clock.seconds += 60
    third = await opened(store)
    assert await revoked(connect) == [second.session_id]
    assert [session.id for session in await store.list_sessions("u1")] == [third.session_id, first.session_id]


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
    sessions = await store.list_sessions("u1")
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
    assert session.refresh_token.rpartition(".")[2] not in stored
    for key in await administrator.call("KEYS", "session:*"):
        assert 0 < await administrator.call("TTL", key) <= 7 * 86400
