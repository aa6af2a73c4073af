"""What the contracts say of events against what the services' code does: who writes which type, which group takes which."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from shared.contracts.loader import Known
from shared.contracts.source import Finding
from shared.models.event_data import EVENT_DATA
from tooling.boundaries.python_names import parsed
from tooling.boundaries.tree import Tree

TYPES = frozenset(kind for kind, _ in EVENT_DATA)
MODELS = {model.__name__: form for form, model in EVENT_DATA.items()}
"""Type and version of an event by the name of its data class."""
REGISTRIES = {"AUDIT_RULES": "audit", "MAIL_MESSAGES": "mail", "IN_APP_MESSAGES": "notifications"}
"""The consumer group by the name of the dictionary in which a feature of back-workers declares events for it."""
Published = dict[tuple[str, str], str]
Consumed = dict[tuple[str, str, str, int], str]


def check(tree: Tree, contracts: Known) -> Iterator[Finding]:
    published, consumed = _in_code(tree)
    yield from _published(tree, contracts, published)
    yield from _consumed(tree, contracts, consumed)


def _in_code(tree: Tree) -> tuple[Published, Consumed]:
    """(service, type) and (service, group, type, version), each with the `file:line` where it stands."""
    published: Published = {}
    consumed: Consumed = {}
    for home, path in tree.files(".py"):
        if home != "shared":
            for event in _events(tree.text(path)):
                place = f"{path}:{event.line}"
                if event.group is None:
                    published.setdefault((home, event.type), place)
                else:
                    consumed.setdefault((home, event.group, event.type, event.version), place)
    return published, consumed


@dataclass(frozen=True)
class _InCode:
    """`group` is the consumer's, or None where the event is written."""

    type: str
    line: int
    version: int = 1
    group: str | None = None


@cache
def _events(source: str) -> list[_InCode]:
    """An event type as a positional argument is written; what a Consumer handles, or a registry has as key, is taken."""
    if not any(name in source for name in (*TYPES, *MODELS)):
        return []
    try:
        module = parsed(source)
    except SyntaxError:
        return []  # tooling.boundaries says so
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    in_calls = [event for call in calls for event in (*_writes(call), *_takes(call))]
    return [*in_calls, *(event for node in module.body for event in _registered(node))]


def _writes(call: ast.Call) -> Iterator[_InCode]:
    for argument in call.args:
        if isinstance(argument, ast.Constant) and argument.value in TYPES:
            yield _InCode(str(argument.value), argument.lineno)


def _takes(call: ast.Call) -> Iterator[_InCode]:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    group = given.get("group")
    handlers = given.get("handlers")
    if isinstance(group, ast.Constant) and handlers:
        for node in ast.walk(handlers):
            if isinstance(node, ast.Name) and node.id in MODELS:
                kind, version = MODELS[node.id]
                yield _InCode(kind, node.lineno, version, str(group.value))


def _registered(node: ast.stmt) -> Iterator[_InCode]:
    """`AUDIT_RULES = {Model: ...}` and its like: the group takes what the features declare."""
    if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)):
        return
    for group in (REGISTRIES[name.id] for name in node.targets if isinstance(name, ast.Name) and name.id in REGISTRIES):
        for key in node.value.keys:
            if isinstance(key, ast.Name) and key.id in MODELS:
                kind, version = MODELS[key.id]
                yield _InCode(kind, key.lineno, version, group)


def _published(tree: Tree, contracts: Known, code: Published) -> Iterator[Finding]:
    rule = "events-published-as-in-code"
    declared = set[tuple[str, str]]()
    for source, contract in contracts:
        for i, event in enumerate(contract.events.published):
            declared.add((event.service, event.type))
            if (event.service, event.type) not in code:
                text = f"no code of {event.service} writes {event.type}"
                yield source.finding(["events", "published", i], text, "write it, or name its publisher", rule)
    for key in sorted(set(code) - declared):
        yield _undeclared(tree, code[key], f"{key[0]} writes {key[1]}, which no contract publishes", rule)


def _consumed(tree: Tree, contracts: Known, code: Consumed) -> Iterator[Finding]:
    rule = "events-consumed-as-in-code"
    declared = set[tuple[str, str, str, int]]()
    for source, contract in contracts:
        for i, event in enumerate(contract.events.consumed):
            key = (event.service, event.consumer, event.type, event.version)
            declared.add(key)
            if key not in code:
                text = f"no consumer {event.consumer} of {event.service} takes {event.type} of version {event.version}"
                yield source.finding(["events", "consumed", i], text, "handle it, or drop the line", rule)
    for key in sorted(set(code) - declared):
        service, group, kind, _ = key
        yield _undeclared(tree, code[key], f"{service}'s {group} takes {kind}, which no contract says", rule)


def _undeclared(tree: Tree, place: str, text: str, rule: str) -> Finding:
    file, _, line = place.rpartition(":")
    return Finding(tree.root / file, int(line), text, "add it to the feature's `events`", rule)
