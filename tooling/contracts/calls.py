"""Calls of internal endpoints in code: each is one that a contract has, and that admits the caller."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shared.contracts.allowed_callers import PREFIX
from shared.contracts.loader import Known
from shared.contracts.manifest import Endpoint
from shared.contracts.source import Finding
from tooling.boundaries import folded
from tooling.boundaries.tree import Tree

RULE = "call-is-admitted"
_METHODS = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE", "stream": "GET"}
_ROUTERS = {"router", "app"}
"""What is registered on these is offered, not called."""


@dataclass(frozen=True)
class Call:
    """`method` is None when it is not known."""

    method: str | None
    path: str
    line: int


def check(tree: Tree, contracts: Known) -> Iterator[Finding]:
    everything = [endpoint for _, contract in contracts for endpoint in contract.endpoints]
    endpoints = [endpoint for endpoint in everything if endpoint.path.startswith(PREFIX)]
    callees = {endpoint.service for endpoint in endpoints}
    for home, path in tree.files(".py"):
        if home == "shared" or not tree.calls(home) & callees:
            continue  # of shared, whoever uses it is the caller; who may call nobody has nothing but routes
        try:
            found = calls(tree.text(path))
        except SyntaxError:
            continue  # tooling.boundaries says so
        for call in found:
            if problem := _refused(home, call, endpoints):
                text, fix = problem
                yield Finding(tree.root / path, call.line, text, fix, RULE)


@cache
def calls(source: str) -> list[Call]:
    """Every call with a path below /internal/ in `source`."""
    return [call for called in folded.calls(source) for call in _calls(called)]


def _calls(called: folded.Called) -> Iterator[Call]:
    owner, _, verb = called.name.rpartition(".")
    if owner.rpartition(".")[2] in _ROUTERS:
        return
    known = {text for texts in called.arguments for text in texts if text in _METHODS.values()}
    method = next(iter(known)) if len(known) == 1 else _METHODS.get(verb)
    for text in {text for texts in (*called.arguments, *called.keywords.values()) for text in texts}:
        if text.startswith(PREFIX):
            yield Call(method, text.partition("?")[0], called.line)


def _refused(home: str, call: Call, endpoints: list[Endpoint]) -> tuple[str, str] | None:
    """What is wrong with it, and what to do."""
    alike = [each for each in endpoints if call.method in (None, each.method) and _matches(call.path, each.path)]
    alike = [each for each in alike if each.path == call.path] or alike
    name = f"{call.method or 'something'} {call.path}"
    if not alike:
        return (
            f"{home} calls {name}, which no contract has",
            "mend the path, or add the endpoint to its feature's contract",
        )
    if any(not each.for_services or home in (each.service, *each.callers) for each in alike):
        return None
    first = alike[0]
    text = f"{home} calls {first.key} of {first.service}, which admits {', '.join(first.callers) or 'nobody'}"
    return text, f"add {home} to the `callers` of {first.key}, or go through a service that may call it"


def _matches(path: str, template: str) -> bool:
    """Whether `path`, in which `{}` is unknown, may be one of `template`."""
    parts = path.split("/")
    expected = template.split("/")
    if len(parts) == len(expected):
        return all(_fits(part, want) for part, want in zip(parts, expected, strict=True))
    tail = parts[-1].count(folded.UNKNOWN) and parts[-1] != folded.UNKNOWN  # `{}{}`: an unknown end may have slashes
    return bool(tail) and len(parts) < len(expected) and all(map(_fits, parts[:-1], expected))


def _fits(part: str, expected: str) -> bool:
    if expected.startswith("{"):
        return True
    return bool(re.fullmatch(".*".join(map(re.escape, part.split(folded.UNKNOWN))), expected))
