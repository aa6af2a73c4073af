"""back-cassandra: the repository service over Cassandra. It starts, and answers 503, while Cassandra is still coming."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from database import Database
from fastapi import FastAPI
from routes import audit, login_events, notifications, traces
from session_factory import open_session
from settings import MigrationSettings

from shared.chassis.app import create_app
from shared.chassis.health import Checks
from shared.chassis.serve import serve


def create() -> FastAPI:
    """The application."""
    settings = MigrationSettings.load()
    database = Database(partial(open_session, settings))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with database:
            app.state.database, app.state.audit_days = database, settings.audit_days
            yield

    checks = Checks(required={"cassandra": database.ping})
    app = create_app("back-cassandra", Path(__file__).parent, settings, lifespan=lifespan, checks=lambda: checks)
    for part in (login_events, notifications, traces, audit):
        app.include_router(part.router)
    return app


if __name__ == "__main__":
    serve("main:create", MigrationSettings.load())
