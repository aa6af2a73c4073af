"""What Celery's signals do for a task: correlation id, trace, log levels and a count. And how fast a broker is back."""

import logging as standard
from types import SimpleNamespace
from typing import Any

import pytest
from celery import signals as known
from celery_app import broker, signals
from celery_app.app import app
from celery_app.broker import BrokerConnection
from celery_app.health import ConsumerHealth
from kombu.connection import Connection
from prometheus_client import REGISTRY

from shared.chassis import logging, tracing
from shared.utils import correlation

SIGNALS: Any = known


def task(**headers: str) -> Any:
    return SimpleNamespace(name="billing.run", request=headers)


def counted(state: str) -> float:
    labels = {"task": "billing.run", "state": state}
    return REGISTRY.get_sample_value("celery_tasks_total", labels) or 0.0


@pytest.mark.parametrize(
    ("signal", "receiver"),
    [
        ("setup_logging", signals.configure_logs),
        ("before_task_publish", signals.send_correlation),
        ("task_prerun", signals.bind_correlation),
        ("task_postrun", signals.unbind_correlation),
    ],
)
def test_the_application_hears_celerys_signals(signal: str, receiver: Any) -> None:
    assert app.main == "back-workers"
    received = [reference() for _, reference in getattr(SIGNALS, signal).receivers]
    assert receiver in received


def test_the_application_uses_our_connection_and_shows_its_health() -> None:
    assert app.amqp.Connection is BrokerConnection
    assert ConsumerHealth in app.steps["consumer"]


def test_a_task_runs_under_the_correlation_id_of_who_sent_it() -> None:
    with correlation.bind("request-1"):
        headers: dict[str, Any] = {}
        signals.send_correlation("billing.run", headers)
    assert headers[signals.HEADER] == "request-1"
    signals.bind_correlation(task(**headers))
    assert correlation.current() == "request-1"
    signals.unbind_correlation(task(), state="SUCCESS")
    assert correlation.current() != "request-1"


def test_an_id_that_a_message_has_already_stays() -> None:
    headers: dict[str, Any] = {signals.HEADER: "request-2"}
    with correlation.bind("request-1"):
        signals.send_correlation("billing.run", headers)
    assert headers[signals.HEADER] == "request-2"


def test_a_task_that_nobody_named_gets_an_id_of_its_own() -> None:
    signals.bind_correlation(task())
    first = correlation.current()
    signals.unbind_correlation(task())
    assert first
    assert len(first) == 36


def test_a_task_is_a_part_of_its_senders_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    carried = {tracing.HEADER: "00-a-b-01"}
    worked: list[tuple[str, str | None]] = []

    def work(name: str, traceparent: str | None) -> Any:
        worked.append((name, traceparent))
        return correlation.bind("traced-1")

    monkeypatch.setattr(tracing, "trace_headers", lambda: carried)
    monkeypatch.setattr(tracing, "consumer_span", work)
    headers: dict[str, Any] = {}
    signals.send_correlation("billing.run", headers)
    assert headers[tracing.HEADER] == "00-a-b-01"
    signals.bind_correlation(task(**headers))
    assert worked == [("billing.run", "00-a-b-01")]
    assert correlation.current() == "traced-1"
    signals.unbind_correlation(task())
    assert correlation.current() != "traced-1"


def test_tasks_that_end_are_counted_by_their_state() -> None:
    before = {state: counted(state) for state in ("SUCCESS", "unknown")}
    signals.unbind_correlation(task(), state="SUCCESS")
    signals.unbind_correlation(task())
    assert counted("SUCCESS") == before["SUCCESS"] + 1
    assert counted("unknown") == before["unknown"] + 1


def test_the_two_lines_that_celery_writes_for_each_task_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    configured: list[Any] = []

    def configure(name: str, *, level: str) -> None:
        configured.append((name, level))

    monkeypatch.setattr(logging, "configure", configure)
    monkeypatch.setenv("LOG_LEVEL", "debug")
    signals.configure_logs()
    monkeypatch.delenv("LOG_LEVEL")
    signals.configure_logs()
    assert configured == [("back-workers", "DEBUG"), ("back-workers", "INFO")]
    for name in signals.QUIET:
        assert standard.getLogger(name).level == standard.WARNING


def test_a_broker_that_is_back_is_found_within_three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def ensure_connection(_: Any, *given: Any, **named: Any) -> None:
        asked.append((given, named))

    monkeypatch.setattr(Connection, "ensure_connection", ensure_connection)
    BrokerConnection().ensure_connection("errback", interval_max=1)
    assert asked == [(("errback",), {"interval_start": 0.5, "interval_step": 0.5, "interval_max": 1})]
    assert broker.INTERVALS["interval_max"] == 3
