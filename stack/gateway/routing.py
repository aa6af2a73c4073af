"""Kong's choice of a route (flavour `traditional_compatible`) as an ordered list of expressions over 'METHOD host path'."""

import re
from dataclasses import dataclass

from stack.gateway.model import Route


@dataclass(frozen=True)
class Match:
    """The first match of the list decides; `pattern` is a PCRE over the three parts, joined by blanks."""

    route: str
    pattern: str


def matches(routes: list[Route]) -> list[Match]:
    """In Kong's order: see `get_priority` in Kong's router/transform.lua, which splits a route by its paths first."""
    split = [(route, path) for route in routes for path in route.paths or [""]]
    split.sort(key=lambda pair: priority(*pair), reverse=True)
    return [Match(route.name, pattern(route, path)) for route, path in split]


def priority(route: Route, path: str) -> tuple[int, bool, bool, int, int]:
    """More of methods, hosts and paths first; then a host, a regular expression, its priority, the longest prefix."""
    regex = path.startswith("~")
    named = sum(map(bool, (route.methods, route.hosts, path)))
    return named, bool(route.hosts), regex, route.regex_priority if regex else 0, 0 if regex else len(path)


def pattern(route: Route, path: str) -> str:
    methods = f"({'|'.join(route.methods)})" if route.methods else r"\S+"
    hosts = f"({'|'.join(map(re.escape, route.hosts))})" if route.hosts else r"\S*"
    return f"^{methods} {hosts} {path[1:] if path.startswith('~') else re.escape(path)}"
