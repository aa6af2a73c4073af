import asyncio
import time

import pytest

from services.password_hashing import PasswordHashing, argon2id
from shared.utils.errors import Unavailable
from tests.blocked_scheme import BlockedScheme
from tests.waiting import until

PASSWORD = "correct horse battery"


async def test_parameters_are_owasps() -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        made = await hashing.hash(PASSWORD)
        assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert await hashing.verify(PASSWORD, made)
        assert not await hashing.verify("wrong", made)
        assert not hashing.outdated(made)
        assert hashing.outdated(argon2id(memory_kib=8, passes=1).hash(PASSWORD))


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [("Pässwörter für alle", "Pa\u0308sswo\u0308rter fu\u0308r alle"), ("Å ngström", "\u212b\u00a0ngstro\u0308m")],
)
async def test_one_password_in_any_normal_form_and_with_any_space(chosen: str, typed: str) -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        for first, second in ((chosen, typed), (typed, chosen)):
            assert await hashing.verify(second, await hashing.hash(first))


@pytest.mark.parametrize("known", ["Pa\u0308sswort 123", "a\tb\x01c", "\u212b\u00a0", PASSWORD])
async def test_a_hash_of_before_that_was_so_is_still_right(known: str) -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        assert await hashing.verify(known, argon2id().hash(known))


async def test_unknown_user_takes_as_long_as_a_known_one() -> None:
    """In this process's own time, which other programs on the machine do not stretch."""
    with PasswordHashing(workers=1, queue=1) as hashing:
        made = await hashing.hash(PASSWORD)

        async def fastest(password_hash: str | None) -> float:
            times: list[float] = []
            for _ in range(7):
                started = time.process_time()
                assert not await hashing.verify("wrong", password_hash)
                times.append(time.process_time() - started)
            return min(times)

        known = await fastest(made)
        unknown = await fastest(None)
        assert 0.5 < known / unknown < 2


async def test_unreadable_hash_does_not_match() -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        for stored in ("", "x", "$argon2id$", "$2b$12$abc"):
            assert not await hashing.verify(PASSWORD, stored)


async def test_queue_is_bounded_and_free_again_afterwards() -> None:
    with PasswordHashing(workers=1, queue=2) as hashing:
        answers = await asyncio.gather(*(hashing.hash(PASSWORD) for _ in range(6)), return_exceptions=True)
        assert sum(isinstance(answer, str) for answer in answers) == 3
        assert sum(isinstance(answer, Unavailable) for answer in answers) == 3
        await hashing.hash(PASSWORD)


async def test_event_loop_goes_on_meanwhile() -> None:
    scheme = BlockedScheme()
    with PasswordHashing(workers=1, queue=10, scheme=scheme) as hashing:
        scheme.block()
        storm = [asyncio.create_task(hashing.hash(PASSWORD)) for _ in range(8)]
        await until(lambda: scheme.begun, "the first is being hashed")
        assert not any(task.done() for task in storm)
        scheme.released.set()
        assert len(await asyncio.gather(*storm)) == 8


async def test_cancelled_caller_gives_its_place_back() -> None:
    scheme = BlockedScheme()
    with PasswordHashing(workers=1, queue=1, scheme=scheme) as hashing:
        scheme.block()
        tasks = [asyncio.create_task(hashing.hash(PASSWORD)) for _ in range(2)]
        await until(lambda: scheme.begun, "the first is being hashed")
        with pytest.raises(Unavailable):
            await hashing.hash(PASSWORD)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert all(task.cancelled() for task in tasks)
        scheme.released.set()
        await hashing.hash(PASSWORD)
