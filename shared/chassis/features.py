"""Finds a service's features by their `feature.yaml` and mounts their routers.

A feature whose contract names a flag is mounted behind it (`shared.chassis.flag_guard`).
"""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from shared.chassis.flag_guard import put_behind
from shared.contracts.flags import flag_names
from shared.contracts.service_manifest import Manifest, WrongManifest, read_manifest
from shared.feature_flags.registry import FeatureRegistry


def load_features(app: FastAPI, folder: Path) -> list[Manifest]:
    """Mounts `router` of each `features/*/api.py` below `folder` (the service's) that has a `feature.yaml`.

    A module's `direct_routes` (shared.chassis.direct_route), if it has any, come before all others.

    Raises:
        WrongManifest: a manifest is wrong, or lists other endpoints than the router has.
    """
    flags = flag_names()
    return [_mount(app, path, flags) for path in sorted((folder / "features").glob("*/feature.yaml"))]


def _mount(app: FastAPI, path: Path, flags: Mapping[str, str]) -> Manifest:
    manifest = read_manifest(path, service=app.title)
    api = importlib.import_module(f"features.{manifest.name}.api")
    router: APIRouter = api.router
    if manifest.endpoints is not None:
        declared = {(endpoint.method, endpoint.path) for endpoint in manifest.endpoints}
        if real := _endpoints(router) ^ declared:
            raise WrongManifest(f"{path}: endpoints differ from api.py: {sorted(real)}")
    for route in router.routes:
        if isinstance(route, APIRoute):
            route.tags.append(manifest.name)
    direct_routes: Sequence[BaseRoute] = getattr(api, "direct_routes", ())
    if flag := flags.get(manifest.name):
        put_behind(flag, [*router.routes, *direct_routes], FeatureRegistry(app.title))
    app.router.routes.extend(router.routes)  # include_router would match each request twice, through a wrapper a route
    app.router.routes[:0] = direct_routes
    return manifest


def _endpoints(router: APIRouter) -> set[tuple[str, str]]:
    return {
        (method, getattr(route, "path", ""))
        for route in router.routes
        for method in getattr(route, "methods", None) or ("GET",)
    }
