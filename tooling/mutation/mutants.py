"""The mutants of a Python file: each replaces one expression or statement by another text.

Left alone is what no unit test should repeat: log lines, annotations, texts, numbers that have a name already
(`LEASE_SECONDS = 20`, a field's default, a line of `celeryconfig.py`), and what pyright holds (`frozen=True`, `strict=` of zip).
"""

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import cast

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
LOGS = {"log", "logger", "logging", "print", "warnings"}


@dataclass(frozen=True)
class Mutant:
    """`start` and `end` are offsets in the file's bytes; `before` and `after` are what stands between them.

    `statement` is the first line of the statement that it is in.
    """

    path: str
    line: int
    statement: int
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        shown = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.path}:{self.line}  " + "  →  ".join(shown)


def mutants_of(path: str, source: bytes) -> list[Mutant]:
    """All mutants of a file, in its order. Raises SyntaxError when it is no Python."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def mutant(node: ast.expr | ast.stmt, statement: int, after: str) -> Mutant:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        return Mutant(path, node.lineno, statement, start, end, source[start:end].decode(), after)

    return [mutant(node, line, after) for node, line in _nodes(ast.parse(source)) for after in _alternatives(node)]


def _nodes(node: ast.AST, statement: int = 1) -> Iterator[tuple[ast.expr | ast.stmt, int]]:
    """What may be mutated at or below `node`, and the first line of its statement."""
    if isinstance(node, ast.stmt):
        statement = node.lineno
    if isinstance(node, ast.expr | ast.stmt):
        yield node, statement
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_comment"}:
            continue
        children = cast(list[object], value) if isinstance(value, list) else [value]
        for child in children:
            if isinstance(child, ast.AST) and not _left_alone(child):
                yield from _nodes(child, statement)


def _left_alone(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr() | ast.Assert():
            return True
        case ast.Expr(value=ast.Constant()) | ast.keyword(arg="default" | "frozen" | "slots" | "kw_only" | "strict"):
            return True
        case ast.Assign() | ast.AnnAssign():
            return node.col_offset in {0, 4} and _is_named_number(node)
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
            return name in LOGS
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case _:
            return False


def _is_named_number(node: ast.Assign | ast.AnnAssign) -> bool:
    """Or a table of numbers, such as a dictionary of options."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    named = isinstance(target, ast.Name) and (
        target.id.isupper() or isinstance(node, ast.AnnAssign) or not node.col_offset
    )
    plain = ast.Constant | ast.BinOp | ast.operator | ast.Name | ast.expr_context | ast.Dict | ast.Tuple | ast.List
    return named and all(isinstance(part, plain) for part in ast.walk(node.value or node))


def _alternatives(node: ast.expr | ast.stmt) -> Iterator[str]:
    yield from _of_conditions(node)
    match node:
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC:
            yield f"({_changed(node, op=ARITHMETIC[type(operator)]())})"
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield str(value + 1)
        case ast.Expr(value=ast.Call() | ast.Await() as value) if not _left_alone(value):
            yield "pass"
        case ast.AugAssign() | ast.Raise() | ast.Delete():
            yield "pass"
        case _:
            return


def _of_conditions(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[operator]):
            for other in COMPARISONS[type(operator)]:
                yield _changed(node, ops=[other()])
        case ast.BoolOp(op=operator):
            yield f"({_changed(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case _:
            return


def _changed(node: ast.expr, **fields: object) -> str:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return ast.unparse(other)
