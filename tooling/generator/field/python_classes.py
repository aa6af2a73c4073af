"""Lines put into Python modules at the places that the syntax tree names; all else stays as it is written."""

import ast
from collections.abc import Sequence


def classes(text: str) -> dict[str, ast.ClassDef]:
    """The classes of a module by name."""
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}


def fields(one: ast.ClassDef) -> dict[str, ast.AnnAssign]:
    """The annotated names of a class, in their order."""
    return {
        node.target.id: node
        for node in one.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def names(text: str) -> set[str]:
    """What a module binds at its top: classes, functions, imports, constants."""
    bound = set[str]()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            bound.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign):
            bound |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return bound


def with_field(text: str, class_name: str, line: str, before: Sequence[str] = ()) -> str:
    """`text` with `line` as a further field of the class, before the first of the fields `before` that it has."""
    known = fields(classes(text)[class_name])
    at = next((node.lineno - 1 for name, node in known.items() if name in before), None)
    lines = text.splitlines(keepends=True)
    if at is None:
        at = list(known.values())[-1].end_lineno or 0
    lines.insert(at, f"    {line}\n")
    return "".join(lines)


def with_alias(text: str, line: str) -> str:
    """`text` with the type alias `line` after those that are there, else before the first class."""
    body = ast.parse(text).body
    aliases = [
        node.end_lineno or 0 for node in body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript)
    ]
    first = next(node for node in body if isinstance(node, ast.ClassDef))
    lines = text.splitlines(keepends=True)
    if aliases:
        lines.insert(aliases[-1], f"{line}\n")
    else:
        begin = min([first.lineno, *(node.lineno for node in first.decorator_list)]) - 1
        lines.insert(begin, f"{line}\n\n\n")
    return "".join(lines)


def with_imports(text: str, needed: Sequence[tuple[str, str]]) -> str:
    """`text` with each (module, name) imported that is not; the formatter puts them in order."""
    missing = [(module, name) for module, name in needed if name not in names(text)]
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = text.splitlines(keepends=True)
    at = imports[0].lineno - 1 if imports else 1
    lines[at:at] = [f"from {module} import {name}\n" for module, name in missing]
    return "".join(lines)
