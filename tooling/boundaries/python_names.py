"""What a Python file brings in: modules and symbols, by import statement, by attribute or by a literal name."""

import ast
import io
import tokenize
from dataclasses import dataclass, field
from functools import cache

DYNAMIC = {"importlib.import_module", "import_module", "__import__"}


@dataclass
class Names(ast.NodeVisitor):
    """`used`: dotted names with their lines; `texts`: string literals; `path_tricks`: lines that change sys.path."""

    used: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    texts: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    path_tricks: list[int] = field(default_factory=list[int])
    _aliases: dict[str, str] = field(default_factory=dict[str, str])

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.used.append((alias.name, node.lineno))
            bound = alias.asname or alias.name.partition(".")[0]
            self._aliases[bound] = alias.name if alias.asname else bound

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level:
            return  # a relative import cannot leave the service
        for alias in node.names:
            name = f"{node.module}.{alias.name}"
            self.used.append((name, node.lineno))
            self._aliases[alias.asname or alias.name] = name

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if dotted := self._resolve(node):
            self.used.append((dotted, node.lineno))
            if dotted.startswith("sys.path."):
                self.path_tricks.append(node.lineno)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = self._resolve(node.func)
        if called in DYNAMIC and node.args and isinstance(node.args[0], ast.Constant):
            self.used.append((str(node.args[0].value), node.lineno))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.append((node.value, node.lineno))

    def _resolve(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Name):
            return self._aliases.get(node.id, node.id if node.id in DYNAMIC else None)
        if isinstance(node, ast.Attribute) and (owner := self._resolve(node.value)):
            return f"{owner}.{node.attr}"
        return None


class TooDeep(SyntaxError):
    def __init__(self) -> None:
        super().__init__("nested too deeply to be read")


@cache
def parsed(source: str) -> ast.Module:
    """`source`, which all checks of a run ask for and which is parsed once.

    Raises:
        SyntaxError: it is not Python, or nested too deeply to be read.
    """
    try:
        return ast.parse(source)
    except (RecursionError, MemoryError) as error:
        raise TooDeep from error


@cache
def read(source: str) -> Names:
    """The names in `source`. Raises what `parsed` does."""
    names = Names()
    try:
        names.visit(parsed(source))
    except RecursionError as error:
        raise TooDeep from error
    return names


@cache
def code(source: str) -> str:
    """`source` with strings and comments blanked, so that lines stay where they are.

    Raises:
        SyntaxError, tokenize.TokenError: it is not Python.
    """
    lines = source.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            (first, start) = token.start
            (last, end) = token.end
            for number in range(first, last + 1):
                line = lines[number - 1]
                left = start if number == first else 0
                right = end if number == last else len(line.rstrip("\n"))
                lines[number - 1] = line[:left] + " " * (right - left) + line[right:]
    return "".join(lines)
