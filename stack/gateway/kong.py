"""From a Kong declarative file (format 3.0) to the model."""

import re
from pathlib import Path

from stack.gateway import plugins
from stack.gateway.config_reader import Entity, load
from stack.gateway.model import Gateway, Route, Service, Target, Upstream

NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
PATH = re.compile(r"/[A-Za-z0-9._/-]*")
REGEX = re.compile(r"~/[^\s\"]*")
METHOD = re.compile(r"[A-Z]+")


def read(path: Path) -> Gateway:
    """The file's contents; raises `UnsupportedKongConfig` for anything that cannot be rendered."""
    top = load(path)
    if top.take("_format_version", str) != "3.0":
        raise top.refuse("_format_version", "only '3.0' can be rendered")
    upstreams = [upstream(entity) for entity in top.entities("upstreams")]
    known = {upstream.name for upstream in upstreams}
    services = [service(entity, known) for entity in top.entities("services")]
    routes = [route(entity, terminates=True) for entity in top.entities("routes")]
    gateway = Gateway(upstreams, services, routes, plugins.read(top, "global"))
    top.done()
    unique(top, [route.name for service in services for route in service.routes] + [route.name for route in routes])
    return gateway


def unique(top: Entity, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise top.refuse("routes", f"the name {name!r} is used twice")


def name_of(entity: Entity) -> str:
    name = entity.take("name", str)
    if not NAME.fullmatch(name):
        raise entity.refuse("name", f"{name!r} cannot be rendered, only lower-case letters, digits, '.' and '-'")
    return name


def upstream(entity: Entity) -> Upstream:
    found = Upstream(name_of(entity), [target(item) for item in entity.entities("targets")])
    entity.one_of("algorithm", "round-robin")
    if not any(target.weight for target in found.targets):
        raise entity.refuse("targets", "needs at least one target with a weight")
    entity.done()
    return found


def target(entity: Entity) -> Target:
    address = entity.take("target", str)
    weight = entity.take("weight", int, 100)
    host, _, port = address.partition(":")
    if not (HOST.fullmatch(host) and port.isdigit()):
        raise entity.refuse("target", f"{address!r} cannot be rendered, only host:port")
    entity.done()
    return Target(host, int(port), weight)


def service(entity: Entity, upstreams: set[str]) -> Service:
    name = name_of(entity)
    entity.one_of("protocol", "http")
    entity.one_of("enabled", True)
    host = entity.take("host", str)
    if host not in upstreams:
        raise entity.refuse("host", f"{host!r} is not the name of an upstream in this file")
    timeouts = {key: entity.take(key, int, 60000) for key in ("connect_timeout", "read_timeout", "write_timeout")}
    found = Service(
        name=name,
        host=host,
        **timeouts,
        retries=entity.take("retries", int, 5),
        routes=[route(item) for item in entity.entities("routes")],
        plugins=plugins.read(entity, f"service:{name}"),
    )
    entity.done()
    return found


def route(entity: Entity, *, terminates: bool = False) -> Route:
    name = name_of(entity)
    if entity.take("strip_path", bool, True) and not terminates:
        raise entity.refuse("strip_path", "must be false, the only one that can be rendered")
    found = Route(
        name=name,
        hosts=matching(entity, "hosts", HOST),
        methods=matching(entity, "methods", METHOD),
        paths=matching(entity, "paths", re.compile(f"{PATH.pattern}|{REGEX.pattern}")),
        regex_priority=entity.take("regex_priority", int, 0),
        preserve_host=entity.take("preserve_host", bool, False),
        request_buffering=entity.take("request_buffering", bool, True),
        response_buffering=entity.take("response_buffering", bool, True),
        plugins=plugins.read(entity, f"route:{name}"),
    )
    if not (found.hosts or found.methods or found.paths):
        raise entity.refuse("", "needs hosts, methods or paths")
    if terminates and found.plugins.terminate is None:
        raise entity.refuse("", "a route without a service can be rendered only with request-termination")
    entity.done()
    return found


def matching(entity: Entity, name: str, pattern: re.Pattern[str]) -> list[str]:
    items = entity.strings(name)
    for index, item in enumerate(items):
        if not pattern.fullmatch(item):
            raise entity.refuse(f"{name}[{index}]", f"{item!r} cannot be rendered")
    return items
