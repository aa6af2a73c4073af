"""back-cassandra: the repository service over Cassandra. It starts, and answers 503, while Cassandra is still coming."""

from pathlib import Path

from fastapi import FastAPI
from resources import Resources
from routes import mount_routes
from settings import MigrationSettings

from shared.chassis.app import create_app
from shared.chassis.serve import serve

FOLDER = Path(__file__).resolve().parent


def create() -> FastAPI:
    """The application as uvicorn runs it."""
    settings = MigrationSettings.load()
    return build(settings, Resources.from_settings(settings))


def build(settings: MigrationSettings, resources: Resources) -> FastAPI:
    """The application over `resources`; tests pass theirs."""
    app = create_app("back-cassandra", FOLDER, settings, lifespan=resources.lifespan, checks=resources.checks)
    mount_routes(app)
    return app


if __name__ == "__main__":
    serve("main:create", MigrationSettings.load())
