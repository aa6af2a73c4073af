"""`create_app`: a FastAPI application with logs, correlation, problems, metrics and health wired in."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from shared.chassis import asyncapi, health, limits, logging, memory, metrics, openapi, problems, tracing
from shared.chassis.correlation import CorrelationMiddleware
from shared.chassis.head import HeadMiddleware
from shared.chassis.health import Checks
from shared.chassis.lines import LINES
from shared.chassis.paths import EncodedSlashMiddleware
from shared.chassis.service_identity import ServiceIdentityMiddleware
from shared.chassis.settings import ServiceSettings
from shared.chassis.tracing.middleware import TracingMiddleware
from shared.contracts.allowed_callers import AllowedCallers, endpoints_of
from shared.contracts.body_limits import BodyLimits
from shared.contracts.path_table import PathTable
from shared.security.keys import KeyFile, PublicKeys
from shared.security.service_verifier import ServiceTokenVerifier

_NO_TELEMETRY: Any = {
    "tracing": False,
    "metrics": False,
    "logs": False,
}  # FastAPI looks for it at each request otherwise; shared.chassis.tracing is ours
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[Any]]


def version_of(folder: Path) -> str:
    """The version in the service's `VERSION` file."""
    return (folder / "VERSION").read_text(encoding="utf-8").strip()


def _settled(lifespan: Lifespan) -> Lifespan:
    """`lifespan` with the settings of every serving process: log lines are buffered, loaded objects are frozen for the GC."""

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncGenerator[Any]:
        with LINES.buffered():
            async with lifespan(app) as state:
                memory.settle()
                yield state

    return running


def create_app(
    name: str,
    folder: Path,
    settings: ServiceSettings,
    *,
    lifespan: Lifespan,
    checks: Callable[[], Checks] = Checks,
    keys: PublicKeys | None = None,
) -> FastAPI:
    """The application of service `name` whose code lies in `folder`; features are mounted by the caller.

    Its internal endpoints admit the callers that the contracts name, by tokens that `keys` verify; without `keys` those
    of the file `token_keys.json` among its secrets do.
    """
    logging.configure(name, level=settings.log_level)
    version = version_of(folder)
    app = FastAPI(
        title=name,
        version=version,
        lifespan=_settled(lifespan),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=_NO_TELEMETRY,
    )
    endpoints = endpoints_of(name)
    problems.install(app, PathTable((each.method, each.path, True) for each in endpoints))
    openapi.install(app)
    asyncapi.install(app, name)
    health.install(app, name, version, checks)
    app.add_middleware(HeadMiddleware)
    if internal := AllowedCallers(endpoints):
        verifier = ServiceTokenVerifier(name, keys or KeyFile(settings.secrets_dir / "token_keys.json"))
        app.add_middleware(ServiceIdentityMiddleware, verifier=verifier, allowed_callers=internal)
    metrics.install(app)
    app.add_middleware(limits.BodyLimitMiddleware, limits=BodyLimits(endpoints))
    app.add_middleware(EncodedSlashMiddleware)
    app.add_middleware(CorrelationMiddleware)
    if tracing.start(name, settings):
        app.add_middleware(TracingMiddleware)
    return app
