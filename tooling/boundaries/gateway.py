"""The gateway's routes lead to declared services only, never to /internal, and take bodies as large as the contracts say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.contracts.loader import load
from shared.contracts.manifest import DEFAULT_MAX_BODY, Endpoint
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
SIZES = (
    "gateway-takes-what-contracts-say",
    "a body that its reader refuses by size is refused at the door, and no other",
    "request-size-limiting of the endpoint's `max_body`, on a route of its own where that is not the default",
)
UNITS = {"bytes": 1, "kilobytes": 1024, "megabytes": 1024 * 1024}


@dataclass(frozen=True)
class Route:
    """Of a service; `most` is the largest body in bytes that it takes, None for any."""

    where: list[str | int]
    service: str
    methods: list[str]
    patterns: list[str]
    most: int | None

    def matches(self, endpoint: Endpoint, *, exactly: bool) -> bool:
        """Whether a request for `endpoint` may take this route: by a regular expression, or by the beginning of its path."""
        if self.methods and endpoint.method not in self.methods:
            return False
        path = re.sub(r"\{[^}]*\}", "0", endpoint.path)
        if exactly:
            return any(re.match(pattern[1:], path) for pattern in self.patterns if pattern.startswith("~"))
        return any(path.startswith(pattern) for pattern in self.patterns if not pattern.startswith("~"))


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
    yield from _sizes(tree, source)


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


def _sizes(tree: Tree, source: Source) -> Iterator[Violation]:
    known, _ = load(tree.root / "shared" / "contracts")
    routes = list(_routes(source))
    routed = {route.service for route in routes}
    public = [each for _, contract in known for each in contract.endpoints if not each.for_services]
    for endpoint in (each for each in public if each.service in routed):
        candidates = [route for route in routes if route.service == endpoint.service]
        route = next((each for each in candidates if each.matches(endpoint, exactly=True)), None)
        route = route or next((each for each in candidates if each.matches(endpoint, exactly=False)), None)
        if route and route.most != endpoint.max_body:
            yield _at(source, route.where, SIZES, f"takes {route.most} bytes for {endpoint.key} ({endpoint.max_body})")
    declared = {DEFAULT_MAX_BODY, *(each.max_body for each in public)}
    for route in routes:
        if route.service not in {each.service for each in public} and route.most not in declared:
            yield _at(source, route.where, SIZES, f"takes {route.most} bytes, which no public endpoint does")


def _routes(source: Source) -> Iterator[Route]:
    most = _most(source.data, None)
    for i, service in enumerate(source.data.get("services") or []):
        of_service = _most(service, most)
        for j, route in enumerate(service.get("routes", [])):
            yield Route(
                ["services", i, "routes", j],
                str(service.get("name")),
                [str(method) for method in route.get("methods", [])],
                [str(path) for path in route.get("paths", [])],
                _most(route, of_service),
            )


def _most(owner: Any, otherwise: int | None) -> int | None:
    plugins: list[dict[str, Any]] = owner.get("plugins") or []
    for plugin in plugins:
        if plugin.get("name") == "request-size-limiting":
            config: dict[str, Any] = plugin.get("config") or {}
            return int(config.get("allowed_payload_size", 128)) * UNITS.get(config.get("size_unit", "megabytes"), 1)
    return otherwise


def _at(source: Source, where: list[str | int], rule: tuple[str, str, str], what: str) -> Violation:
    name, why, instead = rule
    return Violation(name, FILE, source.finding(where, "", "").line, what, why, instead)
