"""Finds a service's features by their `feature.yaml`, refuses an invalid manifest, and mounts their routers.

A feature whose contract names a flag is mounted behind it (`shared.chassis.flag_guard`).
"""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import yaml
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from starlette.routing import BaseRoute

from shared.chassis.flag_guard import put_behind
from shared.contracts.flags import flag_names
from shared.feature_flags.registry import FeatureRegistry

SEMVER = r"^\d+\.\d+\.\d+$"


class Dependency(BaseModel):
    model_config = ConfigDict(extra="forbid")

    service: str
    version: str


class Endpoint(BaseModel):
    model_config = ConfigDict(extra="forbid")

    path: str
    method: str
    auth_required: bool = True
    permission: str | None = None


class Manifest(BaseModel):
    """A service's own `feature.yaml` (guide: "Workflow"): its part of the feature.

    `endpoints` may be left out, since the contract has them; one that lists them lists all. `dependencies` are
    written as a list of `service` and `version`, or shorter: `shared: ">=2.0.0"`, `- shared: ">=2.0.0"`.
    """

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: str = Field(pattern=SEMVER)
    service: str
    dependencies: list[Dependency] = []
    endpoints: list[Endpoint] | None = None

    @field_validator("dependencies", mode="before")
    @classmethod
    def _in_full(cls, written: Any) -> Any:
        entries: Any = [written] if isinstance(written, dict) else written
        if not isinstance(entries, list):
            return entries
        return [full for entry in cast("list[Any]", entries) for full in _in_full(entry)]


def _in_full(entry: Any) -> list[Any]:
    """The dependencies that one entry names, each with `service` and `version`."""
    if not isinstance(entry, dict) or "service" in entry:
        return [entry]
    return [{"service": service, "version": version} for service, version in cast("dict[str, Any]", entry).items()]


class WrongManifest(Exception):
    """Names the file and what is wrong in it."""


def read_manifest(path: Path, service: str) -> Manifest:
    """The manifest at `path`.

    Raises:
        WrongManifest: not YAML, not of the schema, or of another service or feature than its folder says.
    """
    try:
        manifest = Manifest.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise WrongManifest(f"{path}: {error}") from None
    if (manifest.name, manifest.service) != (path.parent.name, service):
        raise WrongManifest(
            f"{path}: says {manifest.service}/{manifest.name}, but lies in {service}/{path.parent.name}"
        )
    return manifest


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
