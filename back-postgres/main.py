"""back-postgres: the repository service over PostgreSQL. This file is its table of contents."""

from pathlib import Path

from fastapi import FastAPI

from resources import Resources
from routes import mount_routes
from settings import Settings
from shared.chassis.app import create_app
from shared.chassis.serve import serve

FOLDER = Path(__file__).resolve().parent


def create() -> FastAPI:
    """The application as uvicorn runs it."""
    settings = Settings.load()
    return build(settings, Resources.from_settings(settings))


def build(settings: Settings, resources: Resources) -> FastAPI:
    """The application over `resources`; tests pass theirs."""
    app = create_app("back-postgres", FOLDER, settings, lifespan=resources.lifespan, checks=resources.checks)
    mount_routes(app)
    return app


if __name__ == "__main__":
    serve("main:create", Settings.load())
