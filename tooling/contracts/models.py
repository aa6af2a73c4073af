"""Finds the model that a contract's schema name means: `Profile`, `Page[Profile]`."""

import importlib
import pkgutil
import re
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import shared.models
from shared.models.base import Items, Page, Request

_GENERIC = re.compile(r"(Page|Items)\[(\w+)\]")
"""`Page[Profile]`."""


class UnknownModel(Exception):
    """`name` is a schema that no model of shared.models has; `where` it is named, as `file:line`, when that is known."""

    def __init__(self, name: str, where: str = "") -> None:
        super().__init__(f"{where}{': ' if where else ''}shared.models has no model {name}")
        self.name = name


@cache
def by_name() -> dict[str, type[BaseModel]]:
    """Every model defined in shared.models."""
    return {
        name: value
        for module in pkgutil.iter_modules(shared.models.__path__, "shared.models.")
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == module.name
    }


def find(name: str) -> type[BaseModel]:
    """The model called `name`.

    Raises:
        UnknownModel: there is none.
    """
    models = by_name()
    if match := _GENERIC.fullmatch(name):
        container: Any = Page if match[1] == "Page" else Items
        return container[find(match[2])]
    if name not in models:
        raise UnknownModel(name)
    return models[name]


def exists(name: str) -> bool:
    """Whether `find` finds it."""
    match = _GENERIC.fullmatch(name)
    return (match[2] if match else name) in by_name()


def schema(name: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of what is sent: for a request what is accepted, for an answer what is written."""
    return deepcopy(_schema(name))


@cache
def _schema(name: str) -> dict[str, Any]:
    """Made once, since that takes most of a check's time."""
    model = find(name)
    made = model.model_json_schema(mode="validation" if issubclass(model, Request) else "serialization")
    return made | {key: _untitled(made[key]) for key in ("properties", "$defs") if key in made}


def components(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The same of all of them and of what they refer to, by name, as they stand in an OpenAPI or AsyncAPI document."""
    return deepcopy(_components(frozenset(names)))


@cache
def _components(names: frozenset[str]) -> dict[str, dict[str, Any]]:
    selected = [(find(name), "serialization") for name in sorted(names)]
    _, made = models_json_schema(cast("Any", selected), ref_template="#/components/schemas/{model}")
    return {name: schema | _untitled_properties(schema) for name, schema in sorted(made.get("$defs", {}).items())}


def _untitled_properties(schema: dict[str, Any]) -> dict[str, Any]:
    return {"properties": _untitled(schema["properties"])} if "properties" in schema else {}


def _untitled(node: Any) -> Any:
    """`node` without the titles that pydantic makes of field names."""
    if isinstance(node, list):
        return [_untitled(item) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    fields = cast("dict[str, Any]", node)
    return {key: _untitled(value) for key, value in fields.items() if key != "title" or not isinstance(value, str)}
