"""Cassandra is killed and comes back under the service."""

from collections.abc import Generator

import httpx
import pytest
from tests.samples import notification

from tests.restartable_server import RestartableServer, cassandra
from tests.service_callers import DeclaredCaller, Signing
from tests.services import back_cassandra
from tests.waiting import PATIENCE_SECONDS, eventually

pytestmark = pytest.mark.integration


@pytest.fixture
def server() -> Generator[RestartableServer]:
    """Of this test alone."""
    with cassandra() as server:
        yield server


def test_it_says_so_keeps_what_it_acknowledged_and_recovers_by_itself(server: RestartableServer, user_id: str) -> None:
    path = f"/internal/notifications/{user_id}"
    caller = DeclaredCaller("back-cassandra", Signing.from_secrets(server.place.secrets))
    with back_cassandra(server.place) as url, httpx.Client(base_url=url, auth=caller, timeout=PATIENCE_SECONDS) as api:
        kept = notification(user_id)
        assert api.post("/internal/notifications", json={"items": [kept]}).status_code == 204
        server.off()
        eventually(lambda: api.get(path).status_code == 503, "a read is refused")
        down = api.get(path)
        assert (down.json()["dependency"], int(down.headers["retry-after"]) > 0) == ("cassandra", True)
        assert api.get("/health/ready").status_code == 503
        assert api.get("/health").status_code == 200
        server.on()
        eventually(lambda: api.get(path).status_code == 200, "it is read again")
        assert [item["id"] for item in api.get(path).json()["items"]] == [kept["id"]]
        assert api.get("/health/ready").status_code == 200
