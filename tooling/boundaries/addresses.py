"""Addresses and names of services in code: of declared peers only, in Python and TypeScript alike."""

import re
from collections.abc import Iterator
from pathlib import Path

from tooling.boundaries import folded
from tooling.boundaries.tree import Tree, Violation
from tooling.boundaries.typescript_rules import without_comments

RULE = "only-declared-peers"
WHY = "a service knows only whom it may call"
INSTEAD = "the service that orchestrates; or declare the call in shared/contracts/boundaries.yaml"
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@\s]*@)?(?P<host>\[[^\]]*\]|[\w.{}-]+)(?::(?P<port>\d+))?")
_BARE = re.compile(r"^(?P<host>[a-z][a-z-]*):(?P<port>\d+)\b")
_HERE = re.compile(r"localhost|127[\d.]*|\[.*\]|0\.0\.0\.0|.*\{\}.*|host\.docker\.internal")
_ADDED = re.compile(r"""(["'`])\s*\+\s*([A-Za-z_][\w.]*)(?![\w.(])""")
_SUM = re.compile(r"""["'`](\s*)\+(\s*)["'`]""")
_PART = re.compile(r"\$\{([^{}]*)\}")
_CONSTANT = re.compile(r"""\b(?:const|let|var)\s+(\w+)\s*(?::\s*\w+\s*)?=\s*(["'`])([^"'`\n]*)\2""")
_LITERAL = re.compile(r"""`((?:[^`\\]|\\.)*)`|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'""")


def check(tree: Tree) -> Iterator[Violation]:
    for home, path in tree.files(".py"):
        try:
            yield from _python(tree, home, path)
        except SyntaxError:
            continue  # python_rules says so
    for home, path in tree.files(".ts", ".tsx", ".mts", ".js", ".mjs"):
        for text, line in _typescript(without_comments(tree.text(path))):
            if peer := _undeclared(tree, home, text):
                yield _violation(home, path, line, text, peer)


def _python(tree: Tree, home: str, path: Path) -> Iterator[Violation]:
    source = tree.text(path)
    for text, line in folded.texts(source):
        if peer := _undeclared(tree, home, text):
            yield _violation(home, path, line, text, peer)
    for call in folded.calls_of(source, "ServiceClient", "token"):
        for name in call.arguments[0] if call.arguments else call.keywords.get("name", set[str]()):
            if name in tree.boundaries.services and name not in tree.calls(home):
                what = f"{home} makes a client of {name}, which it may not call"
                yield Violation(RULE, path, call.line, what, WHY, INSTEAD)


def _violation(home: str, path: Path, line: int, text: str, peer: str) -> Violation:
    return Violation(RULE, path, line, f"{home} writes {text[:60]!r}, but may not call {peer}", WHY, INSTEAD)


def _undeclared(tree: Tree, home: str, text: str) -> str | None:
    """The service whose address stands in `text` though `home` may not call it: by its name, or by its port on this machine."""
    allowed = tree.calls(home) | {home}
    for found in (*_ADDRESS.finditer(text), *_BARE.finditer(text)):
        peer = _owner(tree, found["host"].rstrip("."), found["port"])
        if peer and peer not in allowed:
            return peer
    return None


def _owner(tree: Tree, host: str, port: str | None) -> str | None:
    services = tree.boundaries.services
    if host in services:
        return host
    if port and _HERE.fullmatch(host):
        return next((name for name, service in services.items() if str(service.port) == port), None)
    return None


def _typescript(text: str) -> Iterator[tuple[str, int]]:
    """The texts that literals, templates and sums of them make, with their lines."""
    constants = {name: value for name, _, value in _CONSTANT.findall(text)}
    text = _ADDED.sub(r"${\2}\1", text)
    text = _SUM.sub(lambda found: "\n" * (found[1] + found[2]).count("\n"), text)
    for found in _LITERAL.finditer(text):
        written = next((part for part in found.groups() if part), "")
        made = _PART.sub(lambda part: _value(part[1].strip(), constants), written)
        yield made, text.count("\n", 0, found.start()) + 1


def _value(inside: str, constants: dict[str, str]) -> str:
    """What `${inside}` is, when it is a literal or a constant of the file."""
    if inside[:1] in ("'", '"', "`"):
        return inside[1:-1]
    return constants.get(inside, folded.UNKNOWN)
