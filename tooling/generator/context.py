"""What the templates may use: the feature's names in every spelling, its fields, and what the tree says about itself."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tooling.generator import names
from tooling.generator.feature import Feature
from tooling.generator.field_table import Field
from tooling.generator.form_row import initial_value, readers

NOON = "2026-11-23T12:00:00Z"
SOMEBODY = "01989a4e-0000-7000-8000-000000000001"
SOMETHING = "01989a4e-0000-7000-8000-000000000009"
_SHAPES = {"bool": "boolean", "int": "integer", "date": "day", "choice": "oneOf"}
_HEADLINES = ("line", "text", "url", "email")
_FIRST_ORDER = 10


def context(feature: Feature, root: Path) -> dict[str, Any]:
    """The values of every template, for the tree below `root`."""
    main = _headline(feature.fields)
    return {
        **_spellings(feature),
        **_samples(feature, main),
        "fields": feature.fields,
        "main": main,
        "main_value": _shown_value(feature.entity, main),
        "aliases": _aliases(feature),
        "model_imports": _model_imports(feature),
        "columns": (columns := _columns(feature)),
        "column_width": max(len(name) for name, _ in columns),
        "readers": sorted({reader for field in feature.fields for reader in readers(field)}),
        "shapes": sorted({"id", "integer", "moment", "page", *(_SHAPES.get(f.kind, "text") for f in feature.fields)}),
        "events": feature.events,
        "verbs": {event.past for event in feature.events},
        "notified_event": feature.notified_event,
        "notify": feature.notify,
        "keyed": feature.keyed,
        "permission": feature.permission,
        "somebody": "an administrator" if feature.permission else "a person",
        "stored_as": f"{names.pascal(feature.entity)}{'Start' if feature.keyed else 'Create'}",
        "own_headers": "with_key(as_user())" if feature.keyed else "as_user()",
        "update": "update" in feature.operations,
        "delete": "delete" in feature.operations,
        "front": feature.front,
        "page": feature.page,
        "icon": feature.icon,
        "Icon": names.pascal(feature.icon),
        "order": _next_order(root, feature.front),
        "flag": bool(feature.expires_on),
        "expires_on": feature.expires_on,
        "owner": feature.owner,
        "needs": _needs(root),
        "migration": next_migration(root),
    }


def _headline(fields: tuple[Field, ...]) -> Field:
    """The field by which people know one of them: the first text, rather one that is always there."""
    texts = [field for field in fields if field.kind in _HEADLINES]
    always = [field for field in texts if not field.optional]
    return (always or texts or list(fields))[0]


def form_text(value: Any) -> str:
    """`value` as somebody types it, or chooses it in a list."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def shown(value: Any) -> str:
    """`value` as a page shows it."""
    return ("Yes" if value else "No") if isinstance(value, bool) else form_text(value)


def next_migration(root: Path) -> str:
    """`0015`, where back-postgres has fourteen."""
    numbers = [int(path.name[:4]) for path in (root / "back-postgres" / "migrations").glob("[0-9]*.sql")]
    return f"{max(numbers, default=0) + 1:04}"


def _spellings(feature: Feature) -> dict[str, str]:
    collection = feature.name.replace("-", "_")
    one = names.words(feature.entity)
    many = names.words(feature.name)
    article = "an" if one[0] in "aeiou" else "a"
    return {
        "feature": feature.name,
        "collection": collection,
        "Feature": names.pascal(feature.name),
        "camels": _camel(feature.name),
        "entity": feature.entity,
        "Entity": names.pascal(feature.entity),
        "ENTITY": feature.entity.upper(),
        "camel": _camel(feature.entity),
        "module": feature.entity if _belong_together(collection, feature.entity) else collection,
        "kind": feature.entity.replace("_", "-"),
        "one": one,
        "One": one.capitalize(),
        "many": many,
        "Many": many.capitalize(),
        "a_one": f"{article} {one}",
        "A_one": f"{article.capitalize()} {one}",
        "summary": f"{'An administrator' if feature.permission else 'A user'} keeps {many}, which nobody else sees.",
    }


def _belong_together(collection: str, entity: str) -> bool:
    """Whether a reader finds `bookmark_repository.py` by the name of `bookmarks`."""
    return collection.rstrip("s") == entity.rstrip("s")


def _camel(name: str) -> str:
    pascal = names.pascal(name)
    return pascal[0].lower() + pascal[1:]


def _samples(feature: Feature, main: Field) -> dict[str, Any]:
    sample = {field.name: field.samples[0] for field in feature.fields}
    known = {"id": SOMETHING, "user_id": SOMEBODY}
    return {
        "sample": sample,
        "change": {main.name: main.samples[1]},
        "stored": known | sample | {"version": 1, "created_at": NOON, "updated_at": NOON},
        "empty": {field.name: initial_value(field, None) for field in feature.fields},
    }


def _aliases(feature: Feature) -> dict[str, str]:
    """The name of each field's type in the models: that of the field, or with the entity's before it where it is taken."""
    entity = names.pascal(feature.entity)
    taken = {name for names_ in _imported(feature).values() for name in names_}
    taken |= {entity, *(f"{entity}{word}" for word in ("Create", "Start", "Update", "Change", "Event"))}
    aliases: dict[str, str] = {}
    for field in feature.fields:
        own = names.pascal(field.name)
        aliases[field.name] = field.definition if field.is_bare else f"{entity}{own}" if own in taken else own
    return aliases


def _imported(feature: Feature) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"shared.models.base": {"Entity", "Request", "Timestamp"}}
    for module, name in (pair for field in feature.fields for pair in field.imports):
        found.setdefault(module, set()).add(name)
    if "update" in feature.operations:
        found.setdefault("typing", set()).add("Any")
    if feature.keyed:
        found.setdefault("pydantic", set()).add("Field")
    if feature.events:
        found["shared.models.events"] = {"EventData", "all_but", "below"}
    if feature.notify:
        found["shared.models.notification_preferences"] = {"DefaultPreference"}
    return found


def _model_imports(feature: Feature) -> list[str]:
    found = _imported(feature)
    return [f"from {module} import {', '.join(sorted(found[module]))}" for module in sorted(found)]


def _shown_value(entity: str, main: Field) -> str:
    """The text by which a message names it, in Python."""
    value = f"{entity}.{main.name}"
    if main.stored != "str":
        return f"str({value})"
    return f'{value} or ""' if main.optional else value


def _columns(feature: Feature) -> list[tuple[str, str]]:
    """Names and definitions of the table's columns."""
    known = [
        ("id", "uuid PRIMARY KEY DEFAULT uuidv7()"),
        ("user_id", "uuid NOT NULL REFERENCES users ON DELETE CASCADE"),
    ]
    if feature.keyed:
        known.append(("idempotency_key", "text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 200)"))
    own = [(field.name, field.column.removeprefix(f"{field.name} ")) for field in feature.fields]
    moments = [(name, "timestamptz NOT NULL DEFAULT now()") for name in ("created_at", "updated_at")]
    return [*known, *own, ("version", "integer NOT NULL DEFAULT 1"), *moments]


def _needs(root: Path) -> dict[str, str]:
    """The range of versions that the services of today fit."""
    versions: Iterable[Path] = root.glob("*/VERSION")
    return {path.parent.name: f">={path.read_text('utf-8').split('.')[0].strip()}.0.0" for path in versions}


def _next_order(root: Path, front: str) -> int:
    manifests = (path.read_text("utf-8") for path in (root / front / "app").rglob("*.yaml"))
    orders = [int(order) for text in manifests for order in re.findall(r"order: (\d+)", text)]
    return max(orders, default=0) + _FIRST_ORDER
