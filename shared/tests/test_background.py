"""Jobs beside the requests: they run, come back after a failure, are missed while they are down, and end with the block."""

import asyncio

import pytest

from shared.chassis.background import Background
from shared.utils.errors import Unavailable
from tests.waiting import until


class Job:
    """Fails as often as there are `errors`, then runs until it is cancelled."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.starts = 0
        self.running = False

    async def __call__(self) -> None:
        self.starts += 1
        if self.errors:
            if error := self.errors.pop(0):
                raise error
            return
        self.running = True
        try:
            await asyncio.Event().wait()
        finally:
            self.running = False


async def test_jobs_run_for_the_block():
    first = Job()
    second = Job()
    async with Background({"first": first, "second": second}) as background:
        await until(lambda: first.running and second.running, "both run")
        await background.check()
    assert not first.running
    assert not second.running


async def test_one_that_fails_or_ends_is_started_again():
    job = Job(Unavailable(dependency="x"), ValueError("mistake"), None)
    async with Background({"job": job}, first_pause=0.001, longest_pause=0.002) as background:
        await until(lambda: job.running, "it runs")
        assert job.starts == 4
        await background.check()


async def test_while_one_is_down_readiness_says_so_and_the_others_run():
    down = Job(ValueError("secret"))
    other = Job()
    async with Background({"down": down, "other": other}, first_pause=60) as background:
        await until(lambda: other.running and down.starts == 1, "one of them runs")
        with pytest.raises(Unavailable, match="down: ValueError") as raised:
            await background.check()
        assert "secret" not in str(raised.value)
