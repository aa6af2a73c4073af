"""Reads the plugins that the renderer knows; every other plugin, field or value is refused by name."""

import re
from collections.abc import Callable
from hashlib import sha256

from stack.gateway.config_reader import Entity
from stack.gateway.model import ORIGIN, Cors, Plugins, RateLimit, Scoped

WINDOWS = ("second", "minute", "hour", "day")
UNITS = {"bytes": 1, "kilobytes": 1024, "megabytes": 1024 * 1024}
HEADER = re.compile(r"[A-Za-z0-9-]+")
# A header's value or an origin goes into the configuration between quotes: no quote, backslash, variable or line break.
PLAIN = re.compile(r"[^\"\\$\r\n]*")
# The Lua chunks that have a counterpart in nginx, by digest: editing one in the Kong file means looking at its counterpart.
LUA = {
    "004c4cf53450bda26eeb0ca1919b78610d7dd8fa96084c553caf6c54d093d465": "clean-request",
    "7691361960eff5e2563dd007deab76af56c7425f079986e1315543ed516df5cb": "problem-headers",
    "afcf60ed0d1589fcb36ec22991ea7083e6d63efba50b298f0970c94a42d8893a": "problem-body",
}


def rate_limiting(config: Entity, scope: str, into: Plugins) -> None:
    config.one_of("policy", "local")
    config.one_of("limit_by", "consumer", "ip")
    if config.take("limit_by", str, "consumer") != "ip":
        raise config.refuse("limit_by", "must be 'ip', the only one that can be rendered")
    config.one_of("fault_tolerant", True)
    config.one_of("hide_client_headers", False)
    config.one_of("error_code", 429)
    windows = {name: config.take(name, int) for name in WINDOWS if name in config.fields}
    if not windows:
        raise config.refuse("", f"needs one of {', '.join(WINDOWS)}")
    for name, limit in windows.items():
        if limit < 1:
            raise config.refuse(name, f"must be above 0, is {limit}")
    into.rate_limit = Scoped(scope, RateLimit(windows))


def cors(config: Entity, scope: str, into: Plugins) -> None:
    config.one_of("preflight_continue", False)
    config.one_of("private_network", False)
    config.one_of("allow_origin_absent", True)
    origins = config.strings("origins")
    for index, origin in enumerate(origins):
        if not ORIGIN.fullmatch(origin):
            raise config.refuse(f"origins[{index}]", f"{origin!r} cannot be rendered, only scheme://host[:port]")
    if not origins:
        raise config.refuse("origins", "any origin at all cannot be rendered: list them")
    lists = {name: config.strings(name) for name in ("methods", "headers", "exposed_headers")}
    for name, items in lists.items():
        for index, item in enumerate(items):
            if not HEADER.fullmatch(item):
                raise config.refuse(f"{name}[{index}]", f"{item!r} cannot be rendered")
    max_age = config.take("max_age", int) if "max_age" in config.fields else None
    into.cors = Scoped(
        scope, Cors(origins, **lists, credentials=config.take("credentials", bool, False), max_age=max_age)
    )


def request_size_limiting(config: Entity, _: str, into: Plugins) -> None:
    config.one_of("require_content_length", False)
    unit = config.one_of("size_unit", "megabytes", "kilobytes", "bytes")
    into.max_body = config.take("allowed_payload_size", int, 128) * UNITS[unit]


def request_transformer(config: Entity, _: str, into: Plugins) -> None:
    remove = config.entity("remove")
    into.removed_request_headers = header_names(remove)
    remove.done()


def request_termination(config: Entity, _: str, into: Plugins) -> None:
    config.one_of("echo", False)
    config.take("message", str, "")  # the problem's title says it
    into.terminate = config.take("status_code", int, 503)
    if not 400 <= into.terminate <= 599:
        raise config.refuse("status_code", f"{into.terminate} cannot be rendered, only 400 to 599")


def correlation_id(config: Entity, _: str, into: Plugins) -> None:
    config.one_of("generator", "uuid")
    if not config.take("echo_downstream", bool, False):
        raise config.refuse("echo_downstream", "must be true, the only one that can be rendered")
    into.correlation_header = config.take("header_name", str, "Kong-Request-ID")
    if not HEADER.fullmatch(into.correlation_header):
        raise config.refuse("header_name", f"{into.correlation_header!r} is not a header name")


def response_transformer(config: Entity, _: str, into: Plugins) -> None:
    remove = config.entity("remove")
    add = config.entity("add")
    into.removed_response_headers = header_names(remove)
    into.added_response_headers = {}
    for index, pair in enumerate(add.strings("headers")):
        name, separator, value = pair.partition(":")
        if not (separator and HEADER.fullmatch(name) and PLAIN.fullmatch(value)):
            raise add.refuse(f"headers[{index}]", f"{pair!r} cannot be rendered")
        into.added_response_headers[name] = value
    remove.done()
    add.done()


def prometheus(config: Entity, _: str, into: Plugins) -> None:
    config.one_of("per_consumer", False)
    config.one_of("ai_metrics", False)
    config.one_of("upstream_health_metrics", False)
    for name in ("status_code_metrics", "latency_metrics", "bandwidth_metrics"):
        if not config.take(name, bool, False):
            raise config.refuse(name, "must be true, the only one that can be rendered")
    into.metrics = True


def pre_function(config: Entity, _: str, into: Plugins) -> None:
    into.behaviours = []
    for phase in ("rewrite", "header_filter", "body_filter"):
        for index, chunk in enumerate(config.strings(phase)):
            digest = sha256(chunk.encode()).hexdigest()
            if digest not in LUA:
                raise config.refuse(f"{phase}[{index}]", f"this Lua has no counterpart in nginx (sha256 {digest})")
            into.behaviours.append(LUA[digest])


def header_names(entity: Entity) -> list[str]:
    names = entity.strings("headers")
    for index, name in enumerate(names):
        if not HEADER.fullmatch(name):
            raise entity.refuse(f"headers[{index}]", f"{name!r} is not a header name")
    return names


Reader = Callable[[Entity, str, Plugins], None]
ANYWHERE: dict[str, Reader] = {
    "rate-limiting": rate_limiting,
    "cors": cors,
    "request-size-limiting": request_size_limiting,
    "request-transformer": request_transformer,
    "request-termination": request_termination,
}
GLOBAL_ONLY: dict[str, Reader] = {
    "correlation-id": correlation_id,
    "response-transformer": response_transformer,
    "prometheus": prometheus,
    "pre-function": pre_function,
}


def read(owner: Entity, scope: str) -> Plugins:
    """The plugins listed in `owner`."""
    found = Plugins()
    seen: set[str] = set()
    for entity in owner.entities("plugins"):
        name = entity.take("name", str)
        reader = ANYWHERE.get(name) or GLOBAL_ONLY.get(name)
        if reader is None:
            raise entity.refuse("name", f"the plugin {name!r} cannot be rendered")
        if name in GLOBAL_ONLY and scope != "global":
            raise entity.refuse("name", f"the plugin {name!r} can be rendered at the top level only")
        if name in seen:
            raise entity.refuse("name", f"the plugin {name!r} stands here twice")
        seen.add(name)
        entity.one_of("enabled", True)
        config = entity.entity("config")
        reader(config, scope, found)
        config.done()
        entity.done()
    return found
