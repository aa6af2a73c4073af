"""What a new field changes, place by place: models, migration, form, examples, CHANGELOG."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tooling.generator import form_row, names
from tooling.generator.field import python_classes, samples
from tooling.generator.field.target import Target, rows
from tooling.generator.field_table import Field

MIGRATIONS = Path("back-postgres", "migrations")
AFTER_FIELDS = ("version", "created_at", "updated_at")
"""An entity's own, which stand last."""


def edit(root: Path, target: Target, field: Field, default: Any = None) -> None:
    """Writes the field into the tree below `root`; `default` is its value where nobody says one."""
    _edit(root / target.models, lambda text: models(text, target, field, default))
    migration = root / MIGRATIONS / f"{_next_number(root / MIGRATIONS)}_{target.table}_{field.name}.sql"
    migration.write_text(column(target.table, field, default), encoding="utf-8")
    contract = root / "shared" / "contracts" / target.contract.name / "feature.yaml"
    _edit(contract, lambda text: examples(text, target, field))
    if target.form:
        _edit(root / target.form, lambda text: form(text, field, default))
    _edit(root / "CHANGELOG.md", lambda text: change(text, target, field))


def models(text: str, target: Target, field: Field, default: Any = None) -> str:
    """The module with the field in the entity, and in what makes and changes one."""
    alias = names.pascal(field.name)
    is_alias = not field.is_bare and alias not in python_classes.names(text)
    asked = alias if is_alias else field.definition
    value = json.dumps(default, ensure_ascii=False) if isinstance(default, str) else repr(default)
    maybe = " | None" if field.optional else ""
    text = python_classes.with_field(text, target.create, f"{field.name}: {asked}{maybe} = {value}", AFTER_FIELDS)
    if target.update:
        text = python_classes.with_field(text, target.update, f"{field.name}: {asked} | None = None", AFTER_FIELDS)
    stored = field.stored if field.stored != field.definition else asked
    text = python_classes.with_field(text, target.entity, f"{field.name}: {stored}{maybe} = {value}", AFTER_FIELDS)
    if is_alias:
        text = python_classes.with_alias(text, f"{alias} = {field.definition}")
    return python_classes.with_imports(text, field.imports)


def column(table: str, field: Field, default: Any = None) -> str:
    """The migration: what is there gets null, or the default."""
    definition = field.column
    if not field.optional:
        definition = definition.replace(" DEFAULT false", "").replace("NOT NULL", f"NOT NULL DEFAULT {_sql(default)}")
    return f"-- {field.label} of {table.replace('_', ' ')}.\n\nALTER TABLE {table} ADD COLUMN {definition};\n"


def examples(text: str, target: Target, field: Field) -> str:
    """The contract with a sample where a whole entity is made, and one where it is shown."""
    sample = field.samples[0]
    text = samples.with_example(text, target.create, field.name, sample)
    return samples.with_example(text, target.entity, field.name, sample)


def form(text: str, field: Field, default: Any = None) -> str:
    """The form's table with a further row."""
    found = rows(text)
    assert found, "target.find saw it"
    text = f"{text[: found.end(1)]}{form_row.row(field, default)}{text[found.end(1) :]}"
    return with_readers(text, form_row.readers(field))


def with_readers(text: str, imports: tuple[str, ...]) -> str:
    """`text` with the functions `imports` imported from `forms/fields.ts`; biome puts them in order."""
    found = re.search(r'import \{ ([^}]*) \} from "@dashboard/front/forms/fields\.ts";', text)
    known = re.split(r",\s*", found[1].strip().strip(",")) if found else []
    named = sorted({*known, *imports}, key=lambda name: name.removeprefix("type ").lower())
    line = f'import {{ {", ".join(named)} }} from "@dashboard/front/forms/fields.ts";'
    return text.replace(found[0], line) if found else f"{line}\n{text}"


def change(text: str, target: Target, field: Field) -> str:
    """The CHANGELOG with a line on top of what is not released yet."""
    head = "## Unreleased\n\n"
    line = f"- {target.entity} has a field `{field.name}` ({target.contract.name}).\n"
    return text.replace(head, head + line, 1)


def _sql(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    quoted = str(value).replace("'", "''")
    return f"'{quoted}'"


def _next_number(folder: Path) -> str:
    return f"{max(int(path.name[:4]) for path in folder.glob('*.sql')) + 1:04}"


def _edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
