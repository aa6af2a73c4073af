"""The model as the templates want it: one location a route with all plugins in force on it, headers by variable."""

from dataclasses import dataclass

from stack.gateway.model import Cors, Gateway, Plugins, Route, Service, Upstream
from stack.gateway.upstream_addresses import UpstreamAddresses, is_address

# As in back-gateway/http.conf: connections that an address may hold, and large bodies that it may send at once.
CONNECTIONS = 1000
LARGE_BODIES = 16
PREFLIGHT_ONLY = ("Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age")
CORS = (*PREFLIGHT_ONLY, "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers")


@dataclass(frozen=True)
class Location:
    """`limits` is what js/limits.js reads: `minute=60 hour=1000`."""

    name: str
    service: Service | None
    plugins: Plugins
    preserve_host: bool
    request_buffering: bool
    response_buffering: bool
    limits: str


@dataclass(frozen=True)
class AddedHeader:
    name: str
    value: str

    @property
    def variable(self) -> str:
        return "added_" + self.name.lower().replace("-", "_")

    @property
    def upstream_variable(self) -> str:
        return "$upstream_http_" + self.name.lower().replace("-", "_")


@dataclass(frozen=True)
class Server:
    """`resolve`: by a name server while nginx runs, so that a peer which is down does not keep nginx from starting."""

    address: str
    weight: int
    resolve: bool


@dataclass(frozen=True)
class Pool:
    name: str
    servers: list[Server]


def locations(gateway: Gateway, places: UpstreamAddresses) -> list[Location]:
    owned = [location(gateway, service, route, places) for service in gateway.services for route in service.routes]
    return [*owned, *(location(gateway, None, route, places) for route in gateway.routes)]


def location(gateway: Gateway, service: Service | None, route: Route, places: UpstreamAddresses) -> Location:
    plugins = route.plugins.over(service.plugins.over(gateway.plugins) if service else gateway.plugins)
    windows = plugins.rate_limit.config.windows if plugins.rate_limit else {}
    return Location(
        name=route.name,
        service=service,
        plugins=plugins,
        preserve_host=route.preserve_host,
        request_buffering=route.request_buffering,
        response_buffering=route.response_buffering,
        limits=" ".join(f"{name}={max(1, round(limit * places.rate_limit_scale))}" for name, limit in windows.items()),
    )


def pool(upstream: Upstream, places: UpstreamAddresses) -> Pool:
    weighted = [target for target in upstream.targets if target.weight]
    return Pool(
        upstream.name,
        [
            Server(f"{host}:{port}", target.weight, not is_address(host))
            for target in weighted
            for host, port in places.addresses(target)
        ],
    )


def cors_headers(scopes: dict[str, Cors]) -> dict[str, dict[str, str]]:
    """Header → scope → value, without the headers that no scope sends."""
    found = {
        name: {scope: value for scope, cors in scopes.items() if (value := cors_header(name, cors))} for name in CORS
    }
    return {name: values for name, values in found.items() if values}


def cors_header(name: str, cors: Cors) -> str:
    return {
        "Access-Control-Allow-Methods": ",".join(cors.methods),
        "Access-Control-Allow-Headers": ",".join(cors.headers),
        "Access-Control-Max-Age": "" if cors.max_age is None else str(cors.max_age),
        "Access-Control-Allow-Credentials": "true" if cors.credentials else "",
        "Access-Control-Expose-Headers": ",".join(cors.exposed_headers),
    }[name]


def concurrency(places: UpstreamAddresses) -> dict[str, int]:
    """What an address may do at once, by zone; a scale below 1 is for limits of time alone."""
    scale = max(1.0, places.rate_limit_scale)
    return {"connections": round(CONNECTIONS * scale), "large_bodies": round(LARGE_BODIES * scale)}


def hidden_headers(plugins: Plugins, correlation: str) -> list[str]:
    """What a service sends of this does not pass: the gateway sends its own or none."""
    limits = [f"RateLimit-{part}" for part in ("Limit", "Remaining", "Reset")]
    return [correlation, *limits, "Access-Control-Allow-Origin", *CORS, *(plugins.removed_response_headers or [])]
