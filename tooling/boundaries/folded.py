"""The texts that Python code makes of literals: f-strings, sums, and names that hold them. What is not known is `{}`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product

from tooling.boundaries.python_names import parsed

UNKNOWN = "{}"
MOST = 16
"""Of one expression, so many texts are followed."""
DEEP = 8
Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Called:
    """A call: the dotted name as it is written (`self._postgres.get`, `ServiceClient`), its texts, and its line.

    `imported` is the name under which what is called was imported, if it was.
    """

    name: str
    imported: str
    arguments: list[set[str]]
    keywords: dict[str, set[str]]
    line: int


@dataclass
class _Scope:
    names: dict[str, list[ast.expr]] = field(default_factory=dict[str, list[ast.expr]])
    outer: "_Scope | None" = None

    def find(self, name: str) -> list[ast.expr]:
        if name in self.names:
            return self.names[name]
        return self.outer.find(name) if self.outer else []


@cache
def texts(source: str) -> list[tuple[str, int]]:
    """Each text that `source` may make, with its line; docstrings are left out. Raises SyntaxError."""
    reader = _read(source)
    return sorted({(text, node.lineno) for node, scope in reader.found for text in reader.fold(node, scope)})


@cache
def calls(source: str) -> list[Called]:
    """Each call in `source`. Raises SyntaxError."""
    reader = _read(source)
    return [reader.call(node, scope) for node, scope in reader.called]


@cache
def _read(source: str) -> "_Reader":
    reader = _Reader()
    reader.enter(parsed(source), _Scope())
    return reader


class _Reader:
    """Everything of one module: expressions that make text, calls, and what names hold."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.expr, _Scope]] = []
        self.called: list[tuple[ast.Call, _Scope]] = []
        self._imported: dict[str, str] = {}
        self._attributes = _Scope()

    def enter(self, node: ast.AST, scope: _Scope) -> None:
        inner = _Scope(outer=scope) if isinstance(node, Functions) else scope
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue  # a docstring
            self._visit(child, inner)
            if isinstance(child, ast.JoinedStr | ast.BinOp | ast.Constant):
                self.found.append((child, inner))
            if not isinstance(child, ast.JoinedStr):
                self.enter(child, inner)

    def _visit(self, node: ast.AST, scope: _Scope) -> None:
        if isinstance(node, ast.Call):
            self.called.append((node, scope))
        elif isinstance(node, ast.ImportFrom):
            self._imported |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value, scope)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value:
            self._assign(node.target, node.value, scope)

    def _assign(self, target: ast.expr, value: ast.expr, scope: _Scope) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, other in zip(target.elts, value.elts, strict=False):
                self._assign(one, other, scope)
        elif isinstance(target, ast.Name):
            scope.names.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Attribute):
            self._attributes.names.setdefault(target.attr, []).append(value)

    def call(self, node: ast.Call, scope: _Scope) -> Called:
        name = _dotted(node.func)
        first, _, rest = name.partition(".")
        imported = ".".join(filter(None, (self._imported.get(first, ""), rest)))
        arguments = [self.fold(each, scope) for each in node.args]
        keywords = {each.arg: self.fold(each.value, scope) for each in node.keywords if each.arg}
        return Called(name, imported, arguments, keywords, node.lineno)

    def fold(self, node: ast.expr, scope: _Scope, depth: int = 0) -> set[str]:
        """The texts that `node` may be."""
        match node:
            case ast.Constant(value=str() as text):
                return {text}
            case ast.JoinedStr():
                return self._joined(node.values, scope, depth)
            case ast.FormattedValue():
                return self.fold(node.value, scope, depth)
            case ast.BinOp(op=ast.Add()):
                return self._joined([node.left, node.right], scope, depth)
            case ast.IfExp():
                return self.fold(node.body, scope, depth) | self.fold(node.orelse, scope, depth)
            case ast.Name() | ast.Attribute():
                return self._resolved(node, scope, depth)
            case _:
                return {UNKNOWN}

    def _resolved(self, node: ast.Name | ast.Attribute, scope: _Scope, depth: int) -> set[str]:
        found = scope.find(node.id) if isinstance(node, ast.Name) else self._attributes.find(node.attr)
        if not found or depth > DEEP:
            return {UNKNOWN}
        return {text for value in found[:MOST] for text in self.fold(value, scope, depth + 1)}

    def _joined(self, parts: list[ast.expr], scope: _Scope, depth: int) -> set[str]:
        choices = product(*(sorted(self.fold(part, scope, depth + 1)) for part in parts))
        return {"".join(choice) for choice in islice(choices, MOST)}


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return f"{_dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def calls_of(source: str, *names: str) -> Iterator[Called]:
    """The calls of what is called, or was imported as, one of `names` (the last part is enough)."""
    for call in calls(source):
        if {call.name.rpartition(".")[2], call.imported.rpartition(".")[2]} & set(names):
            yield call
