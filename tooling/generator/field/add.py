"""Adds a field to an entity of a feature, from the database to the form, in one step or not at all."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tooling.generator import field_types, pact_files, verification
from tooling.generator.field import edits, python_classes, target
from tooling.generator.field_table import Field
from tooling.generator.names import Refused
from tooling.generator.scratch import Scratch, scratch

Changed = list[tuple[str, str]]


def add(
    root: Path, feature: str, spec: str, *, entity: str | None = None, default: str | None = None, dry_run: bool = False
) -> Changed:
    """Adds the field `spec`, such as `company:line(100)?`, and returns what changed: status letter and path of each file.

    Raises:
        Refused: it cannot be; nothing was changed.
    """
    with scratch(root) as copy:
        where = target.find(copy.root, feature, entity)
        field = _parse(copy.root, where, spec)
        edits.edit(copy.root, where, field, default_of(field, default))
        finish(copy, where)
        verification.check(copy)
        return copy.changed() if dry_run else copy.apply()


def finish(copy: Scratch, where: target.Target) -> None:
    """Everything that follows from the edits: formats, seals, schemas, types, versions, pacts."""
    ruff = [sys.executable, "-m", "ruff"]
    models = str(where.models)
    copy.run([*ruff, "check", "--quiet", "--select", "I", "--fix", models])
    copy.run([*ruff, "format", "--quiet", models])
    if where.form:
        copy.run(["node_modules/.bin/biome", "check", "--write", str(where.form)])
    copy.tooling("boundaries", "seal")
    copy.tooling("contracts", "schemas", "--write")
    if follow_versions(copy):
        copy.tooling("contracts", "schemas", "--write")
    pact_files.bring_up_to_date(copy, where.contract.name)


def follow_versions(copy: Scratch) -> bool:
    """Raises the contracts' versions as `contracts diff --patch | git apply` does; whether one had to be raised."""
    patch = copy.run([sys.executable, "-m", "tooling", "contracts", "diff", "--patch"], fails=(1,))
    if patch.strip():
        copy.run(["git", "apply", "-"], stdin=patch)
    return bool(patch.strip())


def _parse(root: Path, where: target.Target, spec: str) -> Field:
    text = (root / where.models).read_text(encoding="utf-8")
    taken = set(python_classes.fields(python_classes.classes(text)[where.entity]))
    taken |= set(python_classes.fields(python_classes.classes(text)[where.create]))
    field, *more = field_types.parse(spec, taken)
    if more:
        raise Refused("One field at a time, such as company:line(100)?.")
    return field


def default_of(field: Field, text: str | None) -> Any:
    """The value of a field that has to be there, where nobody says one.

    Raises:
        Refused: it needs one and got none, or one that does not fit.
    """
    if field.optional:
        if text is not None:
            raise Refused(f"{field.name!r} is optional, and empty where nobody says it: leave out the default.")
        return None
    if text is None and field.kind == "bool":
        return False
    if text is None:
        raise Refused(
            f"{field.name!r} must have a value in what is stored already: make it optional (a question mark), or give a default."
        )
    value = _read(field, text)
    try:
        _adapter(field).validate_json(json.dumps(value), strict=True)
    except ValidationError:
        raise Refused(f"The default {text!r} does not fit {field.name!r}.") from None
    return value


def _read(field: Field, text: str) -> Any:
    if field.kind not in ("bool", "int"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _adapter(field: Field) -> TypeAdapter[Any]:
    known = dict[str, Any]()
    for module, name in field.imports:
        exec(f"from {module} import {name}", known)  # noqa: S102 - names of our own table
    return TypeAdapter(eval(field.definition, known))  # noqa: S307 - a text of our own table
