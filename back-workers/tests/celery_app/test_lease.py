"""Beat's lease, times of last runs and readiness, on a Redis inside this process."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from celery.schedules import schedule
from celery_app import health, last_runs
from celery_app import scheduler as module
from celery_app.health import Readiness
from celery_app.last_runs import LAST_RUNS, LastRuns, not_ahead
from celery_app.scheduler import LEASE, LeasedScheduler
from fakeredis import FakeRedis, FakeServer
from pydantic import SecretStr

MINUTELY = "each minute"


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


@pytest.fixture
def redis(server: FakeServer) -> Any:
    return FakeRedis(server=server, decode_responses=True)


class Beat(LeasedScheduler):
    """Counts its rounds instead of sending what is due."""

    rounds = 0

    def _scheduled(self, *_arguments: Any, **_named: Any) -> float:
        self.rounds += 1
        return 60.0


@pytest.fixture
def beat(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Beat]:
    """Makes a replica."""
    settings = SimpleNamespace(
        beat_lease_seconds=15, redis_host="fake", redis_port=1, redis_password=SecretStr("x"), host="", health_port=None
    )

    def client(**_: Any) -> Any:
        return FakeRedis(server=server, decode_responses=True)

    monkeypatch.setattr(module, "Redis", client)
    monkeypatch.setattr(module, "TaskSettings", SimpleNamespace(load=lambda: settings))
    monkeypatch.setattr(health, "readiness", Readiness())

    def made() -> Beat:
        replica: Any = Beat(Celery("beat"), lazy=True)
        replica.schedule = {
            MINUTELY: replica.Entry(MINUTELY, task="a.task", schedule=schedule(timedelta(seconds=60)), app=replica.app)
        }
        return replica

    return made


def test_one_replica_ticks_and_the_other_takes_over_when_the_lease_is_gone(
    beat: Callable[[], Beat], redis: Any
) -> None:
    one = beat()
    other = beat()
    assert [one.tick(), other.tick()] == [5.0, 1.0]
    assert 14_000 < redis.pttl(LEASE) <= 15_000
    redis.pexpire(LEASE, 3_000)
    one.tick()
    assert redis.pttl(LEASE) > 14_000, "a tick renews the lease"
    redis.delete(LEASE)
    assert [other.tick(), one.tick()] == [5.0, 1.0]
    assert (one.rounds, other.rounds) == (2, 1)


def test_who_takes_over_goes_on_where_the_other_stopped(beat: Callable[[], Beat], redis: Any) -> None:
    at = time.time() - 30
    redis.hset(LAST_RUNS, MINUTELY, at)
    replica = beat()
    replica.tick()
    assert replica.schedule[MINUTELY].last_run_at == datetime.fromtimestamp(at, UTC)


def test_a_last_run_ahead_of_the_clock_is_brought_back(beat: Callable[[], Beat], redis: Any) -> None:
    replica = beat()
    replica.tick()
    replica.schedule[MINUTELY].last_run_at = datetime.now(UTC) + timedelta(hours=1)
    redis.hset(LAST_RUNS, MINUTELY, time.time() + 3_600)
    replica.tick()
    assert replica.schedule[MINUTELY].last_run_at <= datetime.now(UTC)


def test_without_redis_it_waits_and_is_not_ready(beat: Callable[[], Beat], server: FakeServer) -> None:
    replica = beat()
    server.connected = False
    assert replica.tick() == 1.0
    assert replica.rounds == 0
    assert health.readiness.problem.startswith("back-redis: ")
    server.connected = True
    replica.tick()
    assert health.readiness.problem == ""


def test_after_an_outage_it_learns_anew_what_was_sent_meanwhile(
    beat: Callable[[], Beat], redis: Any, server: FakeServer
) -> None:
    replica = beat()
    replica.tick()
    server.connected = False
    replica.tick()
    server.connected = True
    at = time.time() - 30
    redis.hset(LAST_RUNS, MINUTELY, at)
    replica.tick()
    assert replica.schedule[MINUTELY].last_run_at == datetime.fromtimestamp(at, UTC)


def test_who_waits_for_the_lease_is_ready(beat: Callable[[], Beat]) -> None:
    beat().tick()
    beat().tick()
    assert health.readiness.problem == ""


@pytest.mark.parametrize(("silent", "is_ready"), [(359, True), (361, False)])
def test_a_schedule_that_sends_nothing_for_six_intervals_is_not_ready(
    beat: Callable[[], Beat], monkeypatch: pytest.MonkeyPatch, silent: float, is_ready: bool
) -> None:
    replica = beat()
    replica.tick()
    began = time.monotonic()
    clock = SimpleNamespace(monotonic=lambda: began + silent, time=time.time)
    monkeypatch.setattr(module, "time", clock)
    replica.tick()
    assert (health.readiness.problem == "") is is_ready


def test_a_task_that_was_sent_is_noted_one_that_failed_stays_due(
    beat: Callable[[], Beat], redis: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica = beat()
    replica.tick()
    entry = replica.schedule[MINUTELY]
    sent: list[Any] = []

    def apply_async(entry: Any, **named: Any) -> None:
        if sent:
            raise ConnectionError
        sent.append((entry.name, named["advance"]))

    monkeypatch.setattr(replica, "apply_async", apply_async)
    redis.delete(LAST_RUNS)
    replica.apply_entry(entry)
    assert sent == [(MINUTELY, False)]
    assert abs(float(redis.hget(LAST_RUNS, MINUTELY)) - time.time()) < 5
    redis.delete(LAST_RUNS)
    replica.schedule = {}
    replica.apply_entry(entry)
    assert redis.hget(LAST_RUNS, MINUTELY) is None
    assert replica.schedule == {MINUTELY: entry}


@pytest.mark.parametrize(("ahead", "is_believed"), [(-3_600, True), (0, True), (5, True), (5.1, False), (3_600, False)])
def test_a_time_ahead_of_the_clock_counts_as_now(ahead: float, is_believed: bool) -> None:
    assert not_ahead("a task", 1_000.0 + ahead, 1_000.0) == (1_000.0 + ahead if is_believed else 1_000.0)


@pytest.mark.parametrize("stored", [None, "no time", "9999999999"])
def test_a_last_run_that_is_unknown_or_ahead_is_now_and_stays_so(
    redis: Any, monkeypatch: pytest.MonkeyPatch, stored: str | None
) -> None:
    monkeypatch.setattr(last_runs, "time", SimpleNamespace(time=lambda: 1_000.0))
    if stored:
        redis.hset(LAST_RUNS, "a", stored)
    assert LastRuns(redis).get("a") == datetime.fromtimestamp(1_000, UTC)
    assert float(redis.hget(LAST_RUNS, "a")) == 1_000.0


def test_ready_states_need_to_be_repeated_where_they_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(health, "time", SimpleNamespace(monotonic=lambda: now))
    state = Readiness()
    assert state.problem == "starting"
    state.ready(for_seconds=30)
    now += 29
    assert state.problem == ""
    now += 1
    assert state.problem == "no sign of life"
    state.ready()
    now += 100_000
    assert state.problem == ""
    state.unready("not connected")
    assert state.problem == "not connected"
