"""Which Python file imports which, with the services' own way of naming modules."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

Import = tuple[str, int, str]
"""The file, the line, and the file that it imports."""
SERVICES = ("back-api", "back-auth", "back-postgres", "back-cassandra", "back-redis", "back-workers", "back-websockets")
_MODULE = re.compile(r"features\.[\w-]+(?:\.\w+)+")


def imports(texts: Mapping[str, str]) -> Iterator[Import]:
    """Every import in the files `texts`, among them of modules that a text names (`"features.audit.entries"`)."""
    known = {path for path in texts if path.endswith(".py")}
    for path in sorted(known):
        for line, dotted in _named(path, texts[path]):
            if (found := _file(path, dotted, known)) and found != path:
                yield path, line, found


@cache
def _named(path: str, text: str) -> tuple[tuple[int, str], ...]:
    """Line and name of each; kept, since several features are often removed from one tree."""
    return tuple(_walked(path, ast.parse(text)))


def _walked(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    package = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "/".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = (node.module or "").replace(".", "/")
            whole = "/".join(filter(None, [f"//{base}" if node.level else "", module]))
            yield node.lineno, whole
            yield from ((node.lineno, f"{whole}/{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _MODULE.fullmatch(node.value):
            yield node.lineno, node.value


def _file(path: str, dotted: str, known: set[str]) -> str | None:
    """The file that `dotted` (or a path that begins at the root, behind `//`) means in the file `path`."""
    if dotted.startswith("//"):
        candidates = [dotted[2:]]
    else:
        place = dotted.replace(".", "/")
        home = path.partition("/")[0]
        candidates = [f"{home}/{place}"] if home in SERVICES else []
        candidates += [place, *([f"{home}/tests/{place}"] if home in SERVICES else [])]
    for candidate in candidates:
        for name in (f"{candidate}.py", f"{candidate}/__init__.py"):
            if name in known:
                return name
    return None
