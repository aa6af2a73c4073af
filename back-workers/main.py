"""back-workers' processes: `main.py events` (relay and consumers), `main.py worker` (also for the queue `bulk`) and `main.py beat`."""

import sys
from pathlib import Path

from fastapi import FastAPI
from resources import Resources
from settings import NAME, EventSettings

from shared.chassis.app import create_app
from shared.chassis.serve import serve


def create() -> FastAPI:
    """The events process: its health and metrics over HTTP, the relay and the consumers beside it."""
    settings = EventSettings.load()
    resources = Resources(settings)
    return create_app(NAME, Path(__file__).parent, settings, lifespan=resources.lifespan, checks=resources.checks)


if __name__ == "__main__":
    role = sys.argv[1] if len(sys.argv) > 1 else "events"
    if role == "events":
        serve("main:create", EventSettings.load())
    else:
        from celery_app.app import start

        start(role)
