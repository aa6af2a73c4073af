"""Each committed pact against its provider as it runs."""

from pathlib import Path

import pytest

from tests.pacts.states import Providers
from tests.pacts.verification import verify
from tooling.pacts import COMMITTED

PACTS = sorted(COMMITTED.glob("*.json"))


@pytest.mark.parametrize("pact", PACTS, ids=lambda path: path.stem)
async def test_the_provider_gives_what_the_consumer_needs(pact: Path, providers: Providers) -> None:
    assert await verify(pact, providers) == []
