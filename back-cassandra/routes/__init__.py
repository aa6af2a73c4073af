"""The internal HTTP interface; bodies are `shared.models`. Each module has a `router`."""

import importlib
import pkgutil

from fastapi import FastAPI


def mount_routes(app: FastAPI) -> None:
    """Mounts the router of every module of this package."""
    for module in pkgutil.iter_modules(__path__):
        app.include_router(importlib.import_module(f"routes.{module.name}").router)
