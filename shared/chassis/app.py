"""`create_app`: a FastAPI application with logs, correlation, problems, metrics and health wired in."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from shared.chassis import health, limits, logging, metrics, openapi, problems
from shared.chassis.correlation import CorrelationMiddleware
from shared.chassis.health import Checks
from shared.chassis.settings import ServiceSettings

_NO_TELEMETRY: Any = {
    "tracing": False,
    "metrics": False,
    "logs": False,
}  # FastAPI looks for it at each request otherwise
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[Any]]


def version_of(folder: Path) -> str:
    """The version in the service's `VERSION` file."""
    return (folder / "VERSION").read_text(encoding="utf-8").strip()


def create_app(
    name: str, folder: Path, settings: ServiceSettings, *, lifespan: Lifespan, checks: Callable[[], Checks] = Checks
) -> FastAPI:
    """The application of service `name` whose code lies in `folder`; features are mounted by the caller."""
    logging.configure(name, level=settings.log_level)
    version = version_of(folder)
    app = FastAPI(
        title=name,
        version=version,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=_NO_TELEMETRY,
    )
    problems.install(app)
    openapi.install(app)
    health.install(app, name, version, checks)
    metrics.install(app)
    app.add_middleware(limits.BodyLimitMiddleware)
    app.add_middleware(CorrelationMiddleware)
    return app
