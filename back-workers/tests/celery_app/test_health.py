"""Health, readiness and metrics of the Celery processes, over a real socket."""

import json
import threading
from collections.abc import Generator
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import Any

import pytest
from celery_app import health
from celery_app.health import ConsumerHealth, Readiness
from settings import NAME


@pytest.fixture
def readiness(monkeypatch: pytest.MonkeyPatch) -> Readiness:
    state = Readiness()
    monkeypatch.setattr(health, "readiness", state)
    return state


@pytest.fixture
def port(readiness: Readiness) -> Generator[int]:
    server = health.start("127.0.0.1", 0)
    assert server
    yield server.server_port
    server.shutdown()
    server.server_close()


def ask(port: int, path: str) -> tuple[int, str, bytes]:
    """Status, type and body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.headers["Content-Length"] == str(len(body))
    connection.close()
    return answer.status, answer.headers["Content-Type"], body


def test_a_process_says_that_it_lives_and_which_one_it_is(port: int) -> None:
    status, kind, body = ask(port, "/health")
    assert (status, kind) == (200, "application/json")
    answer = json.loads(body)
    assert (answer["status"], answer["service"]) == ("ok", NAME)
    assert answer["version"].count(".") == 2


def test_a_process_is_unready_until_it_says_so_and_says_why(port: int, readiness: Readiness) -> None:
    status, _, body = ask(port, "/health/ready")
    assert (status, json.loads(body)["status"], json.loads(body)["detail"]) == (503, "unready", "starting")
    readiness.ready()
    status, _, body = ask(port, "/health/ready")
    assert (status, json.loads(body)["status"], json.loads(body)["detail"]) == (200, "ready", "")


def test_metrics_are_text_of_prometheus(port: int) -> None:
    status, kind, body = ask(port, "/metrics")
    assert status == 200
    assert kind.startswith("text/plain; version=")
    assert b"# TYPE celery_tasks_total counter" in body or b"# TYPE" in body


@pytest.mark.parametrize("path", ["/", "/health/", "/nothing"])
def test_other_paths_are_not_found(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert (status, json.loads(body)["status"]) == (404, "not found")


def test_the_process_may_end_while_somebody_asks(port: int) -> None:
    threads = [thread for thread in threading.enumerate() if thread.name == "health"]
    assert threads
    assert all(thread.daemon for thread in threads)


def test_without_a_port_nothing_is_served() -> None:
    assert health.start("127.0.0.1", None) is None


def test_requests_of_a_health_check_end_with_the_process() -> None:
    server = health.start("127.0.0.1", 0)
    assert server
    assert server.daemon_threads is True
    server.shutdown()
    server.server_close()


def test_health_checks_are_not_logged(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    ask(port, "/health")
    assert capfd.readouterr() == ("", "")


def test_a_worker_is_ready_while_it_is_connected_and_serves_once(
    readiness: Readiness, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[str, int]] = []

    def start(host: str, port: int) -> Any:
        served.append((host, port))
        return SimpleNamespace()

    settings = SimpleNamespace(host="127.0.0.1", health_port=8105)
    monkeypatch.setattr(health, "start", start)
    monkeypatch.setattr(health, "TaskSettings", SimpleNamespace(load=lambda: settings))
    monkeypatch.setattr(ConsumerHealth, "server", None)
    step: Any = ConsumerHealth(None)
    step.start(None)
    assert readiness.problem == ""
    step.stop(None)
    assert readiness.problem == "not connected to the broker"
    step.start(None)
    assert readiness.problem == ""
    assert served == [("127.0.0.1", 8105)]
