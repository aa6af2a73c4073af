"""Kong's choice of a route (flavour `traditional`) as an ordered list of expressions over 'METHOD host path'."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stack.gateway.model import Route


@dataclass(frozen=True)
class Match:
    """The first match of the list decides; `pattern` is a PCRE over the three parts, joined by blanks."""

    route: str
    pattern: str


def matches(routes: list[Route], moved: Mapping[str, str]) -> list[Match]:
    """`moved` are hosts with another name here. In Kong's order: see `sort_categories` and `sort_routes` in Kong's router/traditional.lua, which splits a route by paths."""
    split = [(route, path) for route in routes for path in route.paths or [""]]
    split.sort(key=lambda pair: priority(*pair), reverse=True)
    return [Match(route.name, pattern(route, path, moved)) for route, path in split]


def priority(route: Route, path: str) -> tuple[int, bool, bool, bool, int, int]:
    """More of methods, hosts and paths first; then a host, a path, a regular expression, its priority, the longest path."""
    regex = path.startswith("~")
    named = sum(map(bool, (route.methods, route.hosts, path)))
    length = 0 if regex else len(path)
    return named, bool(route.hosts), bool(path), regex, route.regex_priority if regex else 0, length


def pattern(route: Route, path: str, moved: Mapping[str, str]) -> str:
    """Kong compares the Host header as it was sent: with its case, with or without a port."""
    methods = f"({'|'.join(route.methods)})" if route.methods else r"\S+"
    names = [re.escape(moved.get(host, host)) for host in route.hosts]
    hosts = rf"({'|'.join(names)})(:\d+)?" if route.hosts else r"\S*"
    return f"^{methods} {hosts} {path[1:] if path.startswith('~') else re.escape(path)}"
