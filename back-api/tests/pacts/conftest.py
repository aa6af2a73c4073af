"""What back-api needs of its peers is written anew at each run."""

import os

import pytest

from tooling.pacts import WRITTEN

os.environ["PACT_DO_NOT_TRACK"] = "true"
CONSUMER = "back-api"


@pytest.fixture(scope="session", autouse=True)
def anew() -> None:
    for path in WRITTEN.glob(f"{CONSUMER}-*.json"):
        path.unlink()
