"""Settings of Python services hold the addresses of declared peers only."""

import ast
from collections.abc import Iterator

from tooling.boundaries.python_names import parsed
from tooling.boundaries.tree import Tree, Violation

RULE = "only-declared-peers"
WHY = "a service knows only whom it may call"
INSTEAD = "the service that orchestrates; or declare the call in shared/contracts/boundaries.yaml"
INHERITED = {"CallerSettings": "back_auth_url", "RedisSettings": "redis_host"}


def check(tree: Tree) -> Iterator[Violation]:
    for home, path in tree.files("settings.py"):
        if home == "shared":
            continue
        for name, line in _fields(tree.text(path)):
            peer = tree.peer_of(name)
            if peer and peer not in tree.calls(home):
                yield Violation(RULE, path, line, f"{home} reads {name}, but may not call {peer}", WHY, INSTEAD)


def _fields(source: str) -> Iterator[tuple[str, int]]:
    try:
        module = parsed(source)
    except SyntaxError:
        return  # python_rules says so
    for node in ast.walk(module):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.lineno
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                if isinstance(base, ast.Name) and base.id in INHERITED:
                    yield INHERITED[base.id], node.lineno
