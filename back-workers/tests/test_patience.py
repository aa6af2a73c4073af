"""How long a task waits for a service that is away, and when it no longer does. Pauses are counted, not slept."""

from typing import Any

import peers
import pytest
from peers import retry_while_unavailable

from shared.utils.errors import Conflict, Unavailable
from shared.utils.failures import PeerFailed


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the retry was asked for; it repeats without a pause, five times at most."""
    asked: dict[str, Any] = {}

    async def retry(call: Any, **given: Any) -> Any:
        asked.update(given)
        for _ in range(5):
            try:
                return await call()
            except Exception as error:
                if not given["when"](error):
                    raise
                given["on_retry"](error, 0.123)
        raise TimeoutError

    monkeypatch.setattr(peers, "retry", retry)
    return asked


class Service:
    """Raises what it has, one after another, and then answers."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.calls = 0

    async def call(self) -> str:
        self.calls += 1
        if self._errors:
            raise self._errors.pop(0)
        return "answer"


async def test_a_service_that_is_away_is_asked_again(options: dict[str, Any]) -> None:
    service = Service(*[Unavailable(dependency="back-api")] * 4)
    assert await retry_while_unavailable(service.call) == "answer"
    assert (options["first"], options["longest"], options["seconds"]) == (0.1, 5.0, 60.0)


async def test_another_patience_counts(options: dict[str, Any]) -> None:
    await retry_while_unavailable(Service().call, seconds=7)
    assert options["seconds"] == 7


async def test_a_call_that_fails_four_times_is_given_up(options: dict[str, Any]) -> None:
    assert options == {}
    service = Service(*[PeerFailed(dependency="back-api")] * 5)
    with pytest.raises(PeerFailed):
        await retry_while_unavailable(service.call)
    assert service.calls == 4


async def test_three_failures_are_not_too_many(options: dict[str, Any]) -> None:
    assert options == {}
    assert await retry_while_unavailable(Service(*[PeerFailed(dependency="back-api")] * 3).call) == "answer"


async def test_a_refusal_is_reported_at_once(options: dict[str, Any]) -> None:
    assert options == {}
    service = Service(Conflict("No."))
    with pytest.raises(Conflict):
        await retry_while_unavailable(service.call)
    assert service.calls == 1
