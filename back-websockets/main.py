"""back-websockets: live messages to browsers. It starts and keeps its sockets whatever happens to the others."""

from pathlib import Path

from fastapi import FastAPI
from half_open import BoundedHttp
from protocol import SocketProtocol
from resources import NAME, lifespan
from routes import notifications, tickets
from settings import Settings

from shared.chassis.app import create_app
from shared.chassis.serve import serve


def create() -> FastAPI:
    """The application."""
    settings = Settings.load()
    app = create_app(
        NAME,
        Path(__file__).parent,
        settings,
        lifespan=lifespan(settings),
        checks=lambda: app.state.resources.checks,
    )
    app.include_router(tickets.router)
    app.include_router(notifications.router)
    return app


if __name__ == "__main__":
    serve("main:create", Settings.load(), http=BoundedHttp, ws=SocketProtocol)
