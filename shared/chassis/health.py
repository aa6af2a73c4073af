"""`/health`: the process is alive. `/health/ready`: it can do its work, and if not, why not."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from fastapi import FastAPI
from starlette.responses import JSONResponse

from shared.models.base import Entity

CHECK_SECONDS = 2.0
Check = Callable[[], Awaitable[object]]


class CheckResult(Entity):
    ok: bool
    required: bool
    detail: str = ""


class Readiness(Entity):
    """`degraded`: it works, but an optional dependency is missing."""

    status: Literal["ready", "degraded", "unready"]
    service: str
    version: str
    checks: dict[str, CheckResult]


@dataclass
class Checks:
    """Named checks; each is awaited and fails by raising. Without a `required` one the service answers 503."""

    required: dict[str, Check] = field(default_factory=dict[str, Check])
    optional: dict[str, Check] = field(default_factory=dict[str, Check])

    async def run(self, service: str, version: str) -> Readiness:
        """All checks at once, each given two seconds."""
        named = [(name, check, True) for name, check in self.required.items()]
        named += [(name, check, False) for name, check in self.optional.items()]
        results = await asyncio.gather(*(_run(check, required) for _, check, required in named))
        checks = {name: result for (name, _, _), result in zip(named, results, strict=True)}
        failed = [result for result in results if not result.ok]
        status = "unready" if any(r.required for r in failed) else "degraded" if failed else "ready"
        return Readiness(status=status, service=service, version=version, checks=checks)


async def _run(check: Check, required: bool) -> CheckResult:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the reason why this service is not ready
        return CheckResult(ok=False, required=required, detail=f"{type(error).__name__}: {error}"[:200])
    return CheckResult(ok=True, required=required)


def install(app: FastAPI, service: str, version: str, checks: Callable[[], Checks]) -> None:
    """Adds both endpoints; `checks` is asked at each call, since the resources exist only after start-up."""

    @app.get("/health", include_in_schema=False)
    async def health() -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        return {"status": "ok", "service": service, "version": version}

    @app.get("/health/ready", include_in_schema=False)
    async def ready() -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        readiness = await checks().run(service, version)
        return JSONResponse(readiness.model_dump(), status_code=503 if readiness.status == "unready" else 200)
