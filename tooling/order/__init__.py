"""In which order changed features go out, and come back (guide: "Deployment").

`plan` puts the services of the features, the stores that they call and the gateway before them into layers: shared, data,
backend, frontend, and within each the ones that others depend on first. What stands in one layer may go out at the same
time. A roll-back is the same, backwards. What runs of a service, in how many containers, `containers.py` says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.contracts.boundaries import Boundaries
from shared.contracts.cross_contract_rules import find_cycle
from shared.contracts.manifest import Contract
from tooling.order.containers import Container

STAGES = ("shared", "data", "backend", "frontend")
STAGE_OF = {
    "repository": "data",
    "store": "data",
    "stand-in": "data",
    "back": "backend",
    "front": "frontend",
    "gateway": "frontend",
}


class NoOrder(Exception):
    """Names the circle, the unknown feature, or the dependency that points the wrong way."""


@dataclass(frozen=True)
class Layer:
    """Services that may go out in parallel, after all layers before."""

    stage: str
    services: tuple[str, ...]


def plan(
    contracts: dict[str, Contract], boundaries: Boundaries, features: Iterable[str], *, rollback: bool = False
) -> list[Layer]:
    """The layers of `features`.

    Raises:
        NoOrder: there is none.
    """
    chosen = [_contract(contracts, name) for name in features]
    named = {service.name for one in chosen for service in one.services}
    around = _around(boundaries, named)
    stages = {name: _stage(boundaries, name) for name in {*named, *around}}
    before = _dependencies(chosen)
    _refuse_cycles(before)
    _refuse_backward(before, stages)
    for name, others in around.items():
        before.setdefault(name, set()).update(others)
    for caller, callee in boundaries.edges():
        if callee in around and not around[callee] and caller in named:
            before.setdefault(caller, set()).add(callee)
    layers = [Layer("shared", ("shared",))] if chosen else []
    for stage in STAGES[1:]:
        left = {name for name, of in stages.items() if of == stage}
        while left:
            ready = {name for name in left if not before.get(name, set()) & left}
            layers.append(Layer(stage, tuple(sorted(ready))))
            left -= ready
    return layers[::-1] if rollback else layers


def _around(boundaries: Boundaries, named: set[str]) -> dict[str, set[str]]:
    """The stores and stand-ins that `named` call, which wait for nobody, and the gateway, which waits for those that it calls."""
    found: dict[str, set[str]] = {}
    for caller, callee in boundaries.edges():
        one, other = (boundaries.services.get(name) for name in (caller, callee))
        if caller in named and other and other.kind in ("store", "stand-in") and not other.optional:
            found.setdefault(callee, set())
        if callee in named and one and one.kind == "gateway":
            found.setdefault(caller, set()).add(callee)
    return found


def _contract(contracts: dict[str, Contract], name: str) -> Contract:
    if name not in contracts:
        raise NoOrder(f"no contract is called {name!r}; there are {', '.join(sorted(contracts))}")
    return contracts[name]


def _stage(boundaries: Boundaries, service: str) -> str:
    if service not in boundaries.services:
        raise NoOrder(f"unknown service {service!r}: add it to shared/contracts/boundaries.yaml, or mend the name")
    return STAGE_OF[boundaries.services[service].kind]


def _dependencies(contracts: list[Contract]) -> dict[str, set[str]]:
    """What must be out before each service."""
    found: dict[str, set[str]] = {}
    for contract in contracts:
        for dependent, dependency, _ in contract.ranges():
            if dependency != "shared":
                found.setdefault(dependent, set()).add(dependency)
    return found


def _refuse_cycles(before: dict[str, set[str]]) -> None:
    if cycle := find_cycle(before):
        raise NoOrder(f"{' → '.join(cycle)}: they wait for each other. Drop one of these `dependencies`")


def _refuse_backward(before: dict[str, set[str]], stages: dict[str, str]) -> None:
    for dependent, dependencies in sorted(before.items()):
        for dependency in sorted(dependencies & stages.keys()):
            late = stages[dependency]
            early = stages.get(dependent, "")
            if early and STAGES.index(late) > STAGES.index(early):
                raise NoOrder(f"{dependent} ({early}) depends on {dependency}, which goes out later ({late})")


def commands(
    layer: Layer, containers: Mapping[str, list[Container]], version: str, *, rollback: bool = False
) -> list[str]:
    """What to type for one layer, as the guide does; images bear `version` as their tag, and a roll-back builds none."""
    running = [one for name in layer.services for one in containers.get(name, [])]
    names = " ".join(one.name for one in running)
    built = " ".join(one.name for one in running if one.built)
    wait = "" if layer.stage == "shared" else " --no-deps --wait"
    up = f"VERSION={version} docker compose up -d{wait} {names}"
    return [f"VERSION={version} docker compose build {built}", up] if built and not rollback else [up]
