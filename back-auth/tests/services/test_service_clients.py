"""Who may ask for service tokens, and how long guessing locks an address out. The clock is a fake."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from services import service_clients
from services.service_clients import MAX_ADDRESSES, MAX_FAILURES, WINDOW_SECONDS, ClientFailures, ServiceClients
from shared.utils.errors import TooManyRequests


class Clock:
    seconds = 1_000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(service_clients, "time", SimpleNamespace(monotonic=clock.monotonic))
    return clock


def fail(failures: ClientFailures, times: int, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        failures.record(address)


def test_ten_wrong_secrets_are_let_through_and_no_more(clock: Clock) -> None:
    failures = ClientFailures()
    fail(failures, MAX_FAILURES)
    with pytest.raises(TooManyRequests):
        failures.record("10.0.0.1")
    failures.record("10.0.0.2")


def test_who_is_locked_out_learns_the_seconds_until_the_first_failure_expires(clock: Clock) -> None:
    failures = ClientFailures()
    fail(failures, MAX_FAILURES)
    clock.seconds += 20
    with pytest.raises(TooManyRequests) as refused:
        failures.record("10.0.0.1")
    assert refused.value.retry_after == 41


def test_failures_are_forgotten_after_a_minute(clock: Clock) -> None:
    failures = ClientFailures()
    fail(failures, MAX_FAILURES)
    clock.seconds += WINDOW_SECONDS - 0.5
    with pytest.raises(TooManyRequests):
        failures.record("10.0.0.1")
    clock.seconds += 0.5
    fail(failures, MAX_FAILURES)


def test_a_refused_attempt_does_not_prolong_the_lockout(clock: Clock) -> None:
    failures = ClientFailures(maximum=1, seconds=10)
    failures.record("10.0.0.1")
    for _ in range(4):
        clock.seconds += 2
        with pytest.raises(TooManyRequests):
            failures.record("10.0.0.1")
    clock.seconds += 2
    failures.record("10.0.0.1")


@pytest.mark.parametrize(("others", "is_remembered"), [(MAX_ADDRESSES - 1, True), (MAX_ADDRESSES, False)])
def test_a_thousand_addresses_are_remembered_the_oldest_goes(clock: Clock, others: int, is_remembered: bool) -> None:
    failures = ClientFailures(maximum=1)
    failures.record("first")
    for number in range(others):
        failures.record(f"address-{number}")
    if is_remembered:
        with pytest.raises(TooManyRequests):
            failures.record("first")
    else:
        failures.record("first")


def test_a_client_is_known_by_its_own_secret_alone(tmp_path: Path) -> None:
    file = tmp_path / "service_clients.json"
    digests = {name: hashlib.sha256(secret.encode()).hexdigest() for name, secret in {"a": "one", "b": "two"}.items()}
    file.write_text(json.dumps(digests))
    clients = ServiceClients.load(file)
    assert clients.knows("a", "one")
    assert not clients.knows("a", "two")
    assert not clients.knows("c", "one")
    assert not clients.knows("a", digests["a"])
