"""Thin HTTP over the repositories: parse, one call, shape. Each module has a `router`; its name is the tag."""

import importlib
import pkgutil

from fastapi import FastAPI

from routes import profile_fast_path

FAST_PATHS = {"profile_fast_path": profile_fast_path.ROUTE}


def mount_routes(app: FastAPI) -> None:
    """Mounts the router of every module of this package, and the fast paths before them."""
    for module in pkgutil.iter_modules(__path__):
        if module.name not in FAST_PATHS:
            app.include_router(importlib.import_module(f"routes.{module.name}").router, tags=[module.name])
    app.router.routes[:0] = FAST_PATHS.values()
