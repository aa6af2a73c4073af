"""back-postgres: the repository service over PostgreSQL. This file is its table of contents."""

from pathlib import Path

from fastapi import FastAPI

import routes
from database import Database
from listener import OutboxListener
from resources import running
from settings import Settings
from shared.chassis.app import create_app
from shared.chassis.health import Checks
from shared.chassis.serve import serve


def create(settings: Settings | None = None) -> FastAPI:
    """The application; `settings` come from the environment unless given."""
    known = settings or Settings.load()
    database, listener = Database(), OutboxListener(known)
    app = create_app(
        "back-postgres",
        Path(__file__).parent,
        known,
        lifespan=lambda _: running(known, database, listener),
        checks=lambda: Checks(required={"postgres": database.ready}),
    )
    app.state.database, app.state.listener = database, listener
    routes.include(app)
    return app


if __name__ == "__main__":
    serve("main:create", Settings.load())
