"""A small HTTP server for processes without one: `/health`, `/health/ready` and `/metrics` of Celery's worker and beat.

It answers from a thread. A worker is ready while its consumer is connected to the broker, beat while its scheduler ticks.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from celery import bootsteps
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from settings import NAME, TaskSettings

from shared.chassis.app import version_of

STALE_SECONDS = 30.0


class Readiness:
    """Why this process is not ready, or nothing; ready states may need to be repeated (`for_seconds`)."""

    def __init__(self) -> None:
        self._problem = "starting"
        self._until = float("inf")

    def ready(self, for_seconds: float = float("inf")) -> None:
        self._problem = ""
        self._until = time.monotonic() + for_seconds

    def unready(self, problem: str) -> None:
        self._problem = problem

    @property
    def problem(self) -> str:
        return self._problem or ("" if time.monotonic() < self._until else "no sign of life")


readiness = Readiness()


class Handler(BaseHTTPRequestHandler):
    """One GET a connection."""

    def do_GET(self) -> None:
        match self.path:
            case "/health":
                self._answer(200, {"status": "ok"})
            case "/health/ready":
                problem = readiness.problem
                self._answer(503 if problem else 200, {"status": "unready" if problem else "ready", "detail": problem})
            case "/metrics":
                self._send(200, CONTENT_TYPE_LATEST, generate_latest())
            case _:
                self._answer(404, {"status": "not found"})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base names it
        """Health checks are not logged."""

    def _answer(self, status: int, body: dict[str, str]) -> None:
        body |= {"service": NAME, "version": version_of(Path(__file__).parents[1])}
        self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def start(host: str, port: int | None) -> ThreadingHTTPServer | None:
    """Serves in the background until the process ends; nothing without a port."""
    if port is None:
        return None
    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server


class ConsumerHealth(bootsteps.StartStopStep):
    """Started with each connection of the worker's consumer to the broker, stopped with its loss."""

    requires = ("celery.worker.consumer.tasks:Tasks",)
    server: ThreadingHTTPServer | None = None

    def start(self, parent: Any) -> None:
        if ConsumerHealth.server is None:
            settings = TaskSettings.load()
            ConsumerHealth.server = start(settings.host, settings.health_port)
        readiness.ready()

    def stop(self, parent: Any) -> None:
        readiness.unready("not connected to the broker")
