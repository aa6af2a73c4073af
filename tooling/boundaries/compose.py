"""docker-compose.yml gives each service the networks, dependencies and addresses of what it may call, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from shared.contracts.source import Finding, Source, read
from tooling.boundaries.tree import Tree, Violation

FILE = Path("docker-compose.yml")
ONE_SHOTS = {"secrets", "shared"}
WHY = "a service can reach only what it may call"
INSTEAD = "the networks of docker-compose.yml as shared/contracts/boundaries.yaml declares the calls"


@dataclass(frozen=True)
class Container:
    """One compose service; `service` is the declared service that it is (part of), or None for a one-shot."""

    name: str
    service: str | None
    networks: frozenset[str]
    depends_on: frozenset[str]
    environment: frozenset[str]


def check(tree: Tree) -> Iterator[Violation]:
    if not (tree.root / FILE).is_file():
        return
    source = read(tree.root / FILE)
    if isinstance(source, Finding):
        yield Violation("readable", FILE, source.line, source.text, "it cannot be checked", source.fix)
        return
    if not _is_compose(source.data):
        yield Violation(
            "readable", FILE, 1, "`services` is no mapping of services", WHY, "write `services: {name: {...}}`"
        )
        return
    containers = [_container(tree, name, body) for name, body in source.data["services"].items()]
    for what, where in (*_missing(tree, containers), *_reach(tree, containers), *_names(tree, containers)):
        yield Violation("compose-as-declared", FILE, _line(source, where), what, WHY, INSTEAD)


def _is_compose(data: Any) -> bool:
    services: Any = cast("dict[str, Any]", data).get("services") if isinstance(data, dict) else None
    return isinstance(services, dict) and all(
        isinstance(one, dict) for one in cast("dict[str, Any]", services).values()
    )


def _container(tree: Tree, name: str, body: dict[str, Any]) -> Container:
    owner = _mapping(body.get("labels")).get("dashboard.service", name)
    return Container(
        name=name,
        service=owner if owner in tree.boundaries.services else None,
        networks=frozenset(_mapping(body.get("networks"))),
        depends_on=frozenset(_mapping(body.get("depends_on"))),
        environment=frozenset(_mapping(body.get("environment"))),
    )


def _mapping(written: Any) -> dict[str, str]:
    """Compose takes a mapping or a list of `key=value`."""
    if isinstance(written, dict):
        return {str(key): str(value) for key, value in cast("dict[Any, Any]", written).items()}
    pairs = (str(entry).partition("=") for entry in cast("list[Any]", written or []))
    return {key: value for key, _, value in pairs}


def _missing(tree: Tree, containers: list[Container]) -> Iterator[tuple[str, list[str]]]:
    present = {container.service for container in containers}
    for name in tree.boundaries.services:
        if name not in present:
            yield f"{name} is declared, but not in it", ["services"]
    for container in containers:
        if container.service is None and container.name not in ONE_SHOTS:
            yield f"{container.name} is not declared in boundaries.yaml", ["services", container.name]


def _reach(tree: Tree, containers: list[Container]) -> Iterator[tuple[str, list[str]]]:
    """A network `caller--callee` for each declared call joins these two, and nobody else."""
    calls = {network(*edge): edge for edge in tree.boundaries.edges()}
    for container in (c for c in containers if c.service):
        where = ["services", container.name, "networks"]
        own = {name for name, edge in calls.items() if container.service in edge}
        for name in sorted(container.networks - own):
            caller, callee = calls.get(name, ("", ""))
            why = f"which is for calls of {caller} to {callee}" if caller else "which is for no declared call"
            yield f"{container.name} is on {name}, {why}", where
        for name in sorted(own - container.networks):
            yield f"{container.name} is not on {name}", where


def network(caller: str, callee: str) -> str:
    """The name of the network over which `caller` reaches `callee`."""
    return f"{caller}--{callee}"


def _names(tree: Tree, containers: list[Container]) -> Iterator[tuple[str, list[str]]]:
    """The services that a container waits for, and those whose address is in its environment."""
    by_name = {container.name: container for container in containers}
    for container in containers:
        allowed = tree.calls(container.service) if container.service else set(tree.boundaries.services)
        for name in sorted(container.depends_on - ONE_SHOTS):
            peer = by_name[name].service if name in by_name else None
            if peer not in allowed | {container.service}:
                yield (
                    f"{container.name} depends on {name}, which it may not call",
                    ["services", container.name, "depends_on"],
                )
        for setting in sorted(container.environment):
            peer = tree.peer_of(setting)
            if peer and peer not in allowed:
                where = ["services", container.name, "environment", setting]
                yield f"{container.name} gets {setting}, but may not call {peer}", where


def _line(source: Source, where: list[str]) -> int:
    return source.finding(where, "", "").line
