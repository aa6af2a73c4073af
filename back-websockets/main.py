"""back-websockets: live messages to browsers. It starts and keeps its sockets whatever happens to the others."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from half_open import BoundedHttp
from live import NAME, live
from protocol import SocketProtocol
from routes import notifications, tickets
from settings import Settings

from shared.chassis.app import create_app
from shared.chassis.serve import serve


def create() -> FastAPI:
    """The application."""
    settings = Settings.load()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
        async with live(settings) as app.state.live:
            app.state.verifier = app.state.live.verifier
            yield {"live": app.state.live}  # for the protocols, which uvicorn makes

    app = create_app(NAME, Path(__file__).parent, settings, lifespan=lifespan, checks=lambda: app.state.live.checks)
    app.include_router(tickets.router)
    app.include_router(notifications.router)
    return app


if __name__ == "__main__":
    serve("main:create", Settings.load(), http=BoundedHttp, ws=SocketProtocol)
