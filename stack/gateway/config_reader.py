"""Reads a Kong file field by field, so that whatever nobody asked for is refused with its place in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import yaml

from stack.errors import StackError

T = TypeVar("T")


class UnsupportedKongConfig(StackError):
    """The renderer cannot render this; the text names the file, the place in it and what stands there."""


@dataclass
class Entity:
    """One mapping of the file; `at` is its place, as in `services[0].routes[1]`."""

    file: str
    at: str
    fields: dict[str, object]
    taken: set[str] = field(default_factory=set[str])

    def refuse(self, name: str, why: str) -> UnsupportedKongConfig:
        place = f"{self.at}.{name}" if self.at and name else self.at or name
        return UnsupportedKongConfig(f"{self.file}: {place}: {why}.")

    def take(self, name: str, kind: type[T], default: T | None = None) -> T:
        """The field's value; refused when it has another type, or is missing and has no default."""
        self.taken.add(name)
        value = self.fields.get(name, default)
        if value is None:
            raise self.refuse(name, "is missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refuse(name, f"must be a {kind.__name__}, is {value!r}")
        return value

    def one_of(self, name: str, default: T, *allowed: T) -> T:
        """The field's value when it is the default or one of `allowed`; anything else cannot be rendered."""
        self.taken.add(name)
        value = self.fields.get(name, default)
        if value not in (default, *allowed):
            choices = " or ".join(repr(choice) for choice in (default, *allowed))
            raise self.refuse(name, f"{value!r} cannot be rendered, only {choices}")
        return cast(T, value)

    def strings(self, name: str) -> list[str]:
        """A list of strings; empty when absent."""
        items = cast(list[object], self.take(name, list, []))
        for index, item in enumerate(items):
            if not isinstance(item, str):
                raise self.refuse(f"{name}[{index}]", f"must be a str, is {item!r}")
        return cast(list[str], items)

    def entity(self, name: str) -> "Entity":
        """The mapping below `name`; empty when absent."""
        fields = cast(dict[str, object], self.take(name, dict, {}))
        return Entity(self.file, f"{self.at}.{name}" if self.at else name, fields)

    def entities(self, name: str) -> Iterator["Entity"]:
        """The mappings in the list `name`."""
        prefix = f"{self.at}.{name}" if self.at else name
        for index, item in enumerate(cast(list[object], self.take(name, list, []))):
            if not isinstance(item, dict):
                raise self.refuse(f"{name}[{index}]", f"must be a mapping, is {item!r}")
            yield Entity(self.file, f"{prefix}[{index}]", cast(dict[str, object], item))

    def done(self) -> None:
        """Refuses the fields that nobody took."""
        for name in self.fields:
            if name not in self.taken:
                raise self.refuse(name, "this field cannot be rendered")


def load(path: Path) -> Entity:
    """The file's top level; refused when it is not there or not a YAML mapping."""
    try:
        document: object = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise UnsupportedKongConfig(f"{path}: cannot be read ({error.strerror}).") from error
    except yaml.YAMLError as error:
        raise UnsupportedKongConfig(f"{path}: is not YAML ({' '.join(str(error).split())}).") from error
    if not isinstance(document, dict):
        raise UnsupportedKongConfig(f"{path}: must be a mapping.")
    return Entity(str(path), "", cast(dict[str, object], document))
