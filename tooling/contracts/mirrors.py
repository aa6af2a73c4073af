"""The fronts' TypeScript types of what services send: an interface has the fields of the shared model of its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.contracts.source import Finding
from tooling.contracts import models

RULE = "mirror-has-the-fields"
FOLDER = Path("shared", "front", "api", "types")
_INTERFACE = re.compile(r"export interface (\w+) \{\n(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"^  (\w+)(\??): (.+);$", re.MULTILINE)


@dataclass(frozen=True)
class Mirror:
    """An interface of the name of a model: its `fields` with whether they are optional, and their type."""

    name: str
    path: Path
    line: int
    fields: dict[str, tuple[bool, str]]


def mirrors(root: Path) -> list[Mirror]:
    """All below `root`."""
    return [mirror for path in sorted((root / FOLDER).glob("*.ts")) for mirror in _mirrors(path)]


def _mirrors(path: Path) -> Iterator[Mirror]:
    text = path.read_text(encoding="utf-8")
    for found in _INTERFACE.finditer(text):
        if models.exists(found[1]):
            fields = {name: (bool(optional), kind) for name, optional, kind in _FIELD.findall(found[2])}
            yield Mirror(found[1], path, text.count("\n", 0, found.start()) + 1, fields)


def check(root: Path) -> Iterator[Finding]:
    for mirror in mirrors(root):
        for text, fix in differences(mirror):
            yield Finding(mirror.path, mirror.line, text, fix, RULE)


def differences(mirror: Mirror) -> Iterator[tuple[str, str]]:
    """What is wrong with it, and what to do."""
    schema = models.schema(mirror.name)
    properties: dict[str, Any] = schema["properties"]
    for field in properties.keys() - mirror.fields.keys():
        yield (
            f"{mirror.name} lacks {field}, which its model in shared/models has",
            f"add `{field}: ...;` to the interface",
        )
    for field in mirror.fields.keys() - properties.keys():
        yield f"{mirror.name}.{field} is in no model", "drop it, or add it to the model in shared/models"
    for field in mirror.fields.keys() & properties.keys():
        optional, kind = mirror.fields[field]
        if _nullable(properties[field]) and "null" not in kind and kind != "unknown" and not optional:
            yield f"{mirror.name}.{field} can be null", f"write `{field}: {kind} | null;`"
        if optional and field in schema.get("required", []):
            yield f"{mirror.name}.{field} is always there", f"write `{field}: {kind};`"


def _nullable(schema: dict[str, Any]) -> bool:
    return any(choice.get("type") == "null" for choice in schema.get("anyOf", []))
