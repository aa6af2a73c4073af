"""A service made by the chassis, to be called in-process."""

import logging
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import structlog
from fastapi import FastAPI

from shared.chassis.app import create_app
from shared.chassis.settings import ServiceSettings

FOLDER = Path(__file__).parents[1]


@asynccontextmanager
async def nothing(_: FastAPI) -> AsyncGenerator[None]:
    yield


def make_app(name: str = "back-test") -> FastAPI:
    """An application of the chassis without any feature."""
    return create_app(name, FOLDER, ServiceSettings(port=1), lifespan=nothing)


@asynccontextmanager
async def calling(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of `app`; a crash is seen as the caller sees it."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://back-test") as client:
        yield client


@contextmanager
def own_logging() -> Generator[None]:
    """Gives logging back as it was: the chassis configures it for the whole process."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    level = root.level
    try:
        yield
    finally:
        root.handlers = handlers
        root.level = level
        structlog.reset_defaults()
