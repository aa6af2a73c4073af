"""back-auth: credentials, tokens, sessions. Run it with `python back-auth/main.py`; CONTEXT.md says what it may do."""

from pathlib import Path

from fastapi import FastAPI

from resources import Resources
from settings import Settings
from shared.chassis.app import create_app
from shared.chassis.features import load_features
from shared.chassis.serve import serve
from shared.security.keys import FetchedKeys

FOLDER = Path(__file__).resolve().parent


def create() -> FastAPI:
    """The application as uvicorn runs it."""
    settings = Settings.load()
    return build(settings, Resources.from_settings(settings))


def build(settings: Settings, resources: Resources) -> FastAPI:
    """The application over `resources`; tests pass theirs."""
    keys = FetchedKeys(resources.fetch_keys)
    app = create_app("back-auth", FOLDER, settings, lifespan=resources.lifespan, checks=resources.checks, keys=keys)
    load_features(app, FOLDER)
    return app


if __name__ == "__main__":
    serve("main:create", Settings.load())
