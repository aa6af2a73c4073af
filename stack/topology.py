"""docker-compose.yml as the process engine sees it: services with command, environment, dependencies and readiness."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from stack import replicas
from stack.errors import StackError
from stack.interpolation import interpolate
from stack.paths import NODE, PYTHON, ROOT
from stack.settings import COMPOSE, Settings

DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
PROGRAMS = {"python": str(PYTHON), "node": str(NODE / "bin" / "node"), "npm": str(NODE / "bin" / "npm")}
STARTED = "service_started"
HEALTHY = "service_healthy"
COMPLETED = "service_completed_successfully"


@dataclass(frozen=True)
class Probe:
    """How readiness is asked: `kind` is http, postgres, redis, cql or none; `target` an URL or a port."""

    kind: str = "none"
    target: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Service:
    name: str
    command: list[str]
    environment: dict[str, str]
    needs: dict[str, str]
    probe: Probe
    port: int | None
    label: str
    one_shot: bool
    stop_signal: str = "SIGTERM"
    grace_seconds: float = 10.0
    reload: list[str] = field(default_factory=list[str])


def load(settings: Settings) -> dict[str, Service]:
    """All services by name but those of a profile. Raises StackError for a dependency that is none or goes round in a circle."""
    document = interpolate(yaml.safe_load(COMPOSE.read_text()), settings.native())
    raw = {name: entry for name, entry in document["services"].items() if "profiles" not in entry}
    one_shots = {name for entry in raw.values() for name, need in _needs(entry).items() if need == COMPLETED}
    single = {name: _service(name, entry, name in one_shots) for name, entry in raw.items()}
    services = {
        each.name: each for name in single for each in replicas.expanded(single[name], replicas.count(raw[name]))
    }
    order(services)
    return services


def order(services: Mapping[str, Service]) -> list[list[str]]:
    """Layers: each one needs only services of earlier layers."""
    left = dict(services)
    layers: list[list[str]] = []
    while left:
        layer = sorted(name for name, service in left.items() if not service.needs.keys() & left.keys())
        if not layer:
            raise StackError(f"docker-compose.yml: depends_on goes round in a circle: {', '.join(sorted(left))}.")
        layers.append(layer)
        for name in layer:
            del left[name]
    unknown = {need for service in services.values() for need in service.needs} - services.keys()
    if unknown:
        raise StackError(f"docker-compose.yml: depends_on names {', '.join(sorted(unknown))}, which is no service.")
    return layers


def group(services: Mapping[str, Service], name: str) -> list[str]:
    """The services of a label, or the one of that name. Raises StackError with the names that there are."""
    found = [service.name for service in services.values() if name in {service.label, service.name}]
    if not found:
        known = ", ".join(sorted({service.label for service in services.values()}))
        raise StackError(f"There is no service {name!r}; there are: {known}.")
    return found


def _service(name: str, entry: Mapping[str, Any], one_shot: bool) -> Service:
    native: Mapping[str, Any] = entry.get("x-native", {})
    if "command" not in native:
        raise StackError(f"docker-compose.yml: {name} has no x-native command, so it cannot run as a process.")
    environment = _environment(entry) | {key: str(value) for key, value in native.get("environment", {}).items()}
    probe = _probe(entry, native, environment)
    return Service(
        name=name,
        command=_program(native["command"]),
        environment=environment | {"PYTHONPATH": str(ROOT)},
        needs=_needs(entry),
        probe=probe,
        port=_port(probe),
        label=entry.get("labels", {}).get("dashboard.service", name),
        one_shot=one_shot,
        stop_signal=entry.get("stop_signal", "SIGTERM"),
        grace_seconds=seconds(entry.get("stop_grace_period", "10s")),
        reload=_program(native["reload"]) if "reload" in native else [],
    )


def _program(command: list[Any]) -> list[str]:
    parts = [str(part) for part in command]
    return [PROGRAMS.get(parts[0], parts[0]), *parts[1:]]


def _environment(entry: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in entry.get("environment", {}).items() if value is not None}


def _needs(entry: Mapping[str, Any]) -> dict[str, str]:
    return {name: need["condition"] for name, need in entry.get("depends_on", {}).items()}


def _probe(entry: Mapping[str, Any], native: Mapping[str, Any], environment: Mapping[str, str]) -> Probe:
    if "probe_url" in native:
        return Probe("http", native["probe_url"])
    if "probe" in native:
        port = next(value for key, value in environment.items() if key.endswith("_PORT"))
        return Probe(native["probe"], port, native.get("probe_secret", ""))
    test = entry.get("healthcheck", {}).get("test", [])
    return Probe("http", test[-1]) if test[1:2] == ["healthcheck"] else Probe()


def _port(probe: Probe) -> int | None:
    found = re.search(r":(\d+)(/|$)", f":{probe.target}")
    return int(found.group(1)) if found else None


def seconds(duration: str) -> float:
    """`1m30s` → 90.0"""
    return sum(float(number) * UNITS[unit] for number, unit in DURATION.findall(duration))
