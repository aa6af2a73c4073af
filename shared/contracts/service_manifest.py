"""A service's part of a feature: its `feature.yaml`, read and refused when it is invalid."""

from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

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
