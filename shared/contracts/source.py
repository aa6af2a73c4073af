"""A YAML file with its lines, so that a problem can name the one to change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST = 20
"""The number of problems of one file that are reported at once."""


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and what to do about it; `rule` is the name of the check that says so.

    `todo`: nothing is wrong yet, it is missing from a feature that no service implements.
    """

    file: Path
    line: int
    text: str
    fix: str
    rule: str = "readable"
    todo: bool = False

    def __str__(self) -> str:
        kind = "to do: " if self.todo else ""
        return f"{self.file}:{self.line}: [{self.rule}] {kind}{self.text}. Fix: {self.fix}"


@dataclass(frozen=True)
class Source:
    """A file, its parsed `data` and the node tree that knows its lines; `generated` holds what `data` has as `schemas`."""

    path: Path
    data: Any
    tree: Any
    generated: "Source | None" = None

    def finding(self, where: Sequence[str | int], text: str, fix: str, rule: str = "") -> Finding:
        """A finding at the entry that the keys and indexes `where` lead to, or at its nearest parent."""
        if self.generated and where and where[0] == "schemas":
            return self.generated.finding(where[1:], text, fix, rule)
        return Finding(self.path, self.line(where), text, fix, rule)

    def line(self, where: Sequence[str | int]) -> int:
        """Where the entry at `where`, or its nearest parent, stands in the file."""
        return _line(self.tree, where)

    def node(self, where: Sequence[str | int]) -> Any:
        """The YAML node at `where`, or None; its marks say where it stands in the text."""
        node = self.tree
        for step in where:
            found = _child(node, step)
            if found is None:
                return None
            node = found[1]
        return node

    def parse(self, model: type[Model]) -> Model | list[Finding]:
        """`data` as `model`, or what is wrong with it."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            return [
                self.finding(
                    problem["loc"],
                    f"{'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}",
                    "see shared/contracts/feature.schema.json for what may stand there",
                    "well-formed",
                )
                for problem in error.errors()[:MOST]
            ]


def read(path: Path) -> Source | Finding:
    """The file at `path`, or why it cannot be read."""
    try:
        return from_text(path, path.read_text(encoding="utf-8"))
    except OSError as error:
        return Finding(path, 1, f"cannot be read: {error.strerror}", "create it")
    except UnicodeDecodeError:
        return Finding(path, 1, "is not UTF-8", "save it as UTF-8")


def from_text(path: Path, text: str) -> Source | Finding:
    """`text` as what stands at `path`, or why it is not YAML."""
    try:
        return Source(path, *_parse(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return Finding(
            path, mark.line + 1 if mark else 1, f"is not YAML: {getattr(error, 'problem', error)}", "mend the syntax"
        )
    except ValueError as error:
        return Finding(path, _wrong_value(text), f"is not YAML: {error}", "mend the value, or put it in quotes")
    except RecursionError:
        return Finding(path, 1, "is not YAML that could be read: too many levels", "nest less")


@cache
def _parse(text: str) -> tuple[Any, Any]:
    """The data of the YAML `text`, and its nodes."""
    loader = _LOADER(text)
    tree = loader.get_single_node()
    _refuse_twins(tree)
    return (loader.construct_document(tree) if tree else None), tree


def _refuse_twins(tree: Any) -> None:
    """YAML's own rule, which the loader does not know: of two entries with one key it would silently take the last."""
    for node in _nodes(tree):
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            name = (key.tag, str(key.value))
            if isinstance(key, yaml.ScalarNode) and name in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} stands there twice", problem_mark=key.start_mark)
            seen.add(name)


def _wrong_value(text: str) -> int:
    """The line of the first value that is not what its form or tag promises, as the date 2026-13-01."""
    loader = _LOADER(text)
    for node in _nodes(loader.get_single_node()):
        try:
            loader.construct_object(node) if isinstance(node, yaml.ScalarNode) else None
        except ValueError:
            return node.start_mark.line + 1
    return 1


def _nodes(tree: Any) -> Iterator[Any]:
    """Each node once, from the top down; an alias leads to a node that was there before."""
    left = [tree] if tree else []
    seen = set[int]()
    while left:
        node = left.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            left += [each for pair in reversed(cast("list[Any]", node.value)) for each in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            left += reversed(cast("list[Any]", node.value))


def _line(node: Any, where: Sequence[str | int]) -> int:
    line = 1
    for step in where:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in cast("list[tuple[yaml.ScalarNode, yaml.Node]]", node.value):
            if str(key.value) == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        children = cast("list[yaml.Node]", node.value)
        if step < len(children):
            return children[step].start_mark.line + 1, children[step]
    return None
