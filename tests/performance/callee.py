"""back-postgres as it is on `PORT`, and on `OPEN_PORT` as it would be if it asked nobody who calls; in one process, to be alike.

PYTHONPATH=back-postgres:. python -m tests.performance.callee
"""

import asyncio
import importlib
import os
from typing import Any

import uvicorn
import uvloop
from fastapi import FastAPI

from shared.chassis.service_identity import ServiceIdentityMiddleware


async def main() -> None:
    """Serves both until SIGTERM, as `shared.chassis.serve` does."""
    create: Any = importlib.import_module("main").create
    settings: Any = importlib.import_module("settings").Settings.load()
    guarded: FastAPI = create(settings)
    unguarded: FastAPI = create(settings)
    unguarded.user_middleware = [
        each for each in unguarded.user_middleware if each.cls is not ServiceIdentityMiddleware
    ]
    await asyncio.gather(_serve(guarded, settings.port), _serve(unguarded, int(os.environ["OPEN_PORT"])))


async def _serve(app: FastAPI, port: int) -> None:
    await uvicorn.Server(uvicorn.Config(app, port=port, http="httptools", log_config=None, access_log=False)).serve()


if __name__ == "__main__":
    uvloop.run(main())
