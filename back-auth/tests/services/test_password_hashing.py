import asyncio
import time

import pytest

from services.password_hashing import PasswordHashing, argon2id
from shared.utils.errors import Unavailable

PASSWORD = "correct horse battery"


async def test_parameters_are_owasps() -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        made = await hashing.hash(PASSWORD)
        assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert await hashing.verify(PASSWORD, made)
        assert not await hashing.verify("wrong", made)
        assert not hashing.outdated(made)
        assert hashing.outdated(argon2id(memory_kib=8, passes=1).hash(PASSWORD))


async def test_unknown_user_takes_as_long_as_a_known_one() -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        made = await hashing.hash(PASSWORD)

        async def fastest(password_hash: str | None) -> float:
            times: list[float] = []
            for _ in range(7):
                started = time.perf_counter()
                assert not await hashing.verify("wrong", password_hash)
                times.append(time.perf_counter() - started)
            return min(times)

        known, unknown = await fastest(made), await fastest(None)
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
    with PasswordHashing(workers=1, queue=10) as hashing:
        storm = [asyncio.create_task(hashing.hash(PASSWORD)) for _ in range(8)]
        ticks = 0
        while not all(task.done() for task in storm):
            await asyncio.sleep(0.005)
            ticks += 1
        assert ticks > 8


async def test_cancelled_caller_gives_its_place_back() -> None:
    with PasswordHashing(workers=1, queue=1) as hashing:
        tasks = [asyncio.create_task(hashing.hash(PASSWORD)) for _ in range(2)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        with pytest.raises(asyncio.CancelledError):
            tasks[1].result()
        await hashing.hash(PASSWORD)
