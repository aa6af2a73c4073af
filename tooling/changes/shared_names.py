"""What shared/security and shared/utils offer by name: constants and functions of two states."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache

from shared.contracts.semver import Step
from tooling.boundaries.python_names import parsed
from tooling.changes.change import SHARED, Change

FOLDERS = ("shared/security/", "shared/utils/")
Names = dict[str, tuple[str, str]]


@cache
def public(source: str) -> Names:
    """Each public constant with its value, each public function with its parameters, as (kind, text)."""
    found: Names = {}
    for node in parsed(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            found[node.name] = ("function", ast.unparse(node.args))
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id.isupper() and not target.id.startswith("_"):
            value: ast.expr | None = getattr(node, "value", None)
            found[target.id] = ("constant", ast.unparse(value) if value else "")
    return found


def stub(source: str) -> str:
    """A module with the public names of `source` and nothing else."""
    return "".join(f"{_declared(name, *declared)}\n" for name, declared in public(source).items())


def _declared(name: str, kind: str, text: str) -> str:
    if kind == "function":
        return f"def {name}({text}): ..."
    return f"{name} = {text}" if text else f"{name}: object"


def compare(old: Mapping[str, str], new: Mapping[str, str], users: tuple[str, ...]) -> Iterator[Change]:
    """`old` and `new` are sources by path; `users` are the services that import from shared."""
    for path in sorted({*old, *new}):
        before = public(old.get(path, ""))
        after = public(new.get(path, ""))
        for name in before.keys() | after.keys():
            if before.get(name) != after.get(name):
                text, step = _judge(before.get(name), after.get(name))
                yield Change(SHARED, SHARED, f"{path} {name}", text, step, affected=users if step == "major" else ())


def _judge(old: tuple[str, str] | None, new: tuple[str, str] | None) -> tuple[str, Step]:
    if old is None:
        return "is new", "minor"
    if new is None:
        return "was removed", "major"
    if old[0] == new[0] == "function":
        return f"({old[1]}) became ({new[1]})", _signature(old[1], new[1])
    return f"{old[1]} became {new[1]}", "major"


def _signature(old: str, new: str) -> Step:
    """Whoever called the old one can call the new one, when only parameters with a default came at the end."""
    before = _parameters(old)
    after = _parameters(new)
    positional = [name for name, kind, _ in before if kind == "positional"]
    same_order = [name for name, kind, _ in after if kind == "positional"][: len(positional)] == positional
    kept = {(name, kind) for name, kind, _ in before} <= {(name, kind) for name, kind, _ in after}
    optional = {(name, kind) for name, kind, default in before if default}
    still = all(default for name, kind, default in after if (name, kind) in optional)
    fresh = [default for name, kind, default in after if (name, kind) not in {(n, k) for n, k, _ in before}]
    return "minor" if same_order and kept and still and all(fresh) else "major"


def _parameters(arguments: str) -> list[tuple[str, str, bool]]:
    """(name, positional or keyword, whether it has a default)."""
    made = ast.parse(f"def f({arguments}): ...").body[0]
    assert isinstance(made, ast.FunctionDef)
    places = [*made.args.posonlyargs, *made.args.args]
    required = len(places) - len(made.args.defaults)
    found = [(place.arg, "positional", i >= required) for i, place in enumerate(places)]
    keywords = zip(made.args.kwonlyargs, made.args.kw_defaults, strict=True)
    return [*found, *((keyword.arg, "keyword", default is not None) for keyword, default in keywords)]
