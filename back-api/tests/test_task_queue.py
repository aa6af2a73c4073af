import socket
import time
from collections.abc import Generator

import pytest
from task_queue import TaskQueue

from shared.chassis.settings import RedisSettings
from shared.utils.errors import Unavailable
from stack.ports import free_ports
from tests.waiting import PROMPT_SECONDS


@pytest.fixture
def silent_port() -> Generator[int]:
    """Accepts connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    return free_ports(1)[0]


async def refuses_within_seconds(port: int) -> None:
    settings = RedisSettings.model_validate(
        {"redis_host": "127.0.0.1", "redis_port": port, "redis_password": "p@ss/word"}
    )
    queue = TaskQueue(settings, "back-api")
    started = time.monotonic()
    try:
        with pytest.raises(Unavailable) as refused:
            await queue.send("billing.run", "r1")
    finally:
        queue.close()
    assert refused.value.dependency == "back-redis"
    assert time.monotonic() - started < PROMPT_SECONDS


async def test_a_queue_that_is_not_there_is_unavailable_at_once(closed_port: int) -> None:
    await refuses_within_seconds(closed_port)


async def test_a_queue_that_does_not_answer_is_unavailable_after_a_while(silent_port: int) -> None:
    await refuses_within_seconds(silent_port)
