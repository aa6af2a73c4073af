"""The gateway's routes lead to declared services only, and never to /internal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.contracts.source import Finding, Source, read
from tooling.boundaries.tree import Tree, Violation

FILE = Path("back-gateway/kong.yml")
DECLARED = (
    "gateway-leads-to-declared-services",
    "the gateway is the door to the fronts and the public services, not to what lies behind them",
    "a route to back-api or back-auth; or services.back-gateway.calls in shared/contracts/boundaries.yaml",
)
INSIDE = (
    "internal-stays-inside",
    "what services ask each other is not for the outside",
    "a path below /api/ of back-api",
)


def check(tree: Tree) -> Iterator[Violation]:
    if not (tree.root / FILE).is_file():
        return
    source = read(tree.root / FILE)
    if isinstance(source, Finding):
        yield Violation("readable", FILE, source.line, source.text, "it cannot be checked", source.fix)
        return
    services = source.data.get("services", []) if hasattr(source.data, "get") else None
    if not isinstance(services, list):
        yield Violation(
            "readable", FILE, 1, "`services` is no list", "it cannot be checked", "write it as Kong reads it"
        )
        return
    yield from _targets(tree, source)
    yield from _paths(source)


def _targets(tree: Tree, source: Source) -> Iterator[Violation]:
    upstreams: list[Any] = source.data.get("upstreams") or []
    services: list[Any] = source.data.get("services") or []
    hosts = [
        (["upstreams", i, "targets", j], target["target"])
        for i, upstream in enumerate(upstreams)
        for j, target in enumerate(upstream.get("targets", []))
    ]
    hosts += [(["services", i], service.get("url") or service.get("host", "")) for i, service in enumerate(services)]
    for where, address in hosts:
        host = str(address).rpartition("//")[2].partition(":")[0].removesuffix(".upstream")
        if host not in tree.calls("back-gateway"):
            yield _at(source, where, DECLARED, f"leads to {host}")


def _paths(source: Source) -> Iterator[Violation]:
    services: list[Any] = source.data.get("services") or []
    for i, service in enumerate(services):
        for j, route in enumerate(service.get("routes", [])):
            for path in route.get("paths", []):
                if str(path).lstrip("~^").startswith("/internal"):
                    yield _at(source, ["services", i, "routes", j, "paths"], INSIDE, f"routes {path}")


def _at(source: Source, where: list[str | int], rule: tuple[str, str, str], what: str) -> Violation:
    name, why, instead = rule
    return Violation(name, FILE, source.finding(where, "", "").line, what, why, instead)
