"""Runs a service's application with uvicorn."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uvicorn

from shared.chassis.settings import ServiceSettings
from shared.utils.open_files import raise_open_files

GRACE_SECONDS = 8
ROOT = Path(__file__).resolve().parents[2]


def serve(factory: str, settings: ServiceSettings, **options: Any) -> None:
    """Serves `factory` ("main:create") until SIGTERM, letting open requests finish; with `RELOAD=1` it reloads on change.

    `options` are further ones of uvicorn's.
    """
    raise_open_files()
    reload = os.environ.get("RELOAD") == "1"
    # Only back-websockets' image carries the package.
    options = {"ws": "websockets-sansio" if find_spec("websockets") else "none", "http": "httptools"} | options
    uvicorn.run(
        factory,
        factory=True,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,  # longer than the client keeps one, so that no call meets a closing connection
        timeout_graceful_shutdown=GRACE_SECONDS,
        reload=reload,
        reload_dirs=[sys.path[0], str(ROOT / "shared"), str(ROOT / "back-redis")] if reload else None,
        **options,
    )
