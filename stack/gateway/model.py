"""What a Kong file says, as far as it can be rendered. Times are milliseconds and sizes bytes."""

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

C = TypeVar("C")
ORIGIN = re.compile(r"https?://[A-Za-z0-9.:-]+")


@dataclass(frozen=True)
class RateLimit:
    """Requests an address may make in each fixed window (`minute`, `hour`, ...)."""

    windows: dict[str, int]


@dataclass(frozen=True)
class Cors:
    origins: list[str]
    methods: list[str]
    headers: list[str]
    exposed_headers: list[str]
    credentials: bool
    max_age: int | None


@dataclass(frozen=True)
class Scoped(Generic[C]):
    """A plugin's configuration and where it was set: `global`, `service:<name>` or `route:<name>`; limits count per scope."""

    scope: str
    config: C


@dataclass
class Plugins:
    """The plugins set at one level; None where the level above decides."""

    rate_limit: Scoped[RateLimit] | None = None
    cors: Scoped[Cors] | None = None
    max_body: int | None = None
    removed_request_headers: list[str] | None = None
    terminate: int | None = None
    correlation_header: str | None = None
    removed_response_headers: list[str] | None = None
    added_response_headers: dict[str, str] | None = None
    metrics: bool | None = None
    behaviours: list[str] | None = None

    def over(self, outer: "Plugins") -> "Plugins":
        """Kong runs one instance of a plugin: the most specific one."""
        inner = {name: value for name, value in vars(self).items() if value is not None}
        return Plugins(**{**vars(outer), **inner})


@dataclass(frozen=True)
class Target:
    host: str
    port: int
    weight: int


@dataclass(frozen=True)
class Upstream:
    name: str
    targets: list[Target]


@dataclass(frozen=True)
class Route:
    name: str
    hosts: list[str]
    methods: list[str]
    paths: list[str]
    regex_priority: int
    preserve_host: bool
    request_buffering: bool
    response_buffering: bool
    plugins: Plugins


@dataclass(frozen=True)
class Service:
    """`host` is the name of an upstream."""

    name: str
    host: str
    connect_timeout: int
    read_timeout: int
    write_timeout: int
    retries: int
    routes: list[Route]
    plugins: Plugins


@dataclass(frozen=True)
class Gateway:
    """`routes` are those without a service: they only terminate."""

    upstreams: list[Upstream]
    services: list[Service]
    routes: list[Route]
    plugins: Plugins = field(default_factory=Plugins)
