"""back-websockets: live messages to browsers. It starts and keeps its sockets whatever happens to the others."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import protocol
from fastapi import FastAPI
from live import NAME, live
from routes import notifications
from settings import Settings

from shared.chassis.app import create_app
from shared.chassis.serve import serve


def create() -> FastAPI:
    """The application."""
    settings = Settings.load()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with live(settings) as app.state.live:
            yield

    app = create_app(NAME, Path(__file__).parent, settings, lifespan=lifespan, checks=lambda: app.state.live.checks)
    app.include_router(notifications.router)
    return app


if __name__ == "__main__":
    serve("main:create", Settings.load(), ws=protocol.ImpatientProtocol, **protocol.OPTIONS)
