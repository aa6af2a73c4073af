"""Thin HTTP over the repositories: parse, one call, shape. Each module has a `router`; its name is the tag."""

import importlib
import pkgutil

from fastapi import FastAPI


def mount_routes(app: FastAPI) -> None:
    """Mounts the router of every module of this package, and before them a module's `direct_routes`, if it has any."""
    for found in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"routes.{found.name}")
        app.include_router(module.router, tags=[found.name])
        app.router.routes[:0] = getattr(module, "direct_routes", ())
