"""One gateway for most tests, a strict one for limits; the services behind them are echoes."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests import trial_gateway as trial
from tests.trial_gateway import Trial


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    running = trial.start(tmp_path_factory.mktemp("gateway"))
    yield running
    running.stop()


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Trial]:
    """A fortieth of the limits: three logins a minute."""
    running = trial.start(tmp_path, rate_limit_scale=0.025)
    yield running
    running.stop()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        yield session
