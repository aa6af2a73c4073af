"""A field's row in the `FIELDS` of its feature's form (`shared/front/forms/fields.ts`)."""

import json
from typing import Any

from tooling.generator.field_table import Field

WIDTH = 120
_READ = {
    "text": "asItIs",
    "bool": "checked",
    "int": "number",
    "choice": "chosen",
}
_CONTROLS = {
    "text": {"as": '"textarea"', "rows": "4"},
    "bool": {"as": '"checkbox"'},
    "choice": {"as": '"select"'},
    "url": {"type": '"url"'},
    "email": {"type": '"email"'},
    "date": {"type": '"date"'},
    "int": {"type": '"number"'},
}


def readers(field: Field) -> tuple[str, ...]:
    """The functions of `forms/fields.ts` that the row uses."""
    read = _READ.get(field.kind, "trimmed")
    return ("orNone", read) if field.optional else (read,)


def row(field: Field, initial: Any = None, indent: str = "  ") -> str:
    """`  company: { label: "Company", ... },`, as biome formats it; `initial` is the value in an empty form."""
    read = _READ.get(field.kind, "trimmed")
    parts = {
        "label": json.dumps(field.label),
        "initial": json.dumps(initial_value(field, initial), ensure_ascii=False),
        "read": f"orNone({read})" if field.optional else read,
        "input": _input(field),
        "summary": "true",
    }
    inner = ", ".join(f"{name}: {value}" for name, value in parts.items())
    line = f"{indent}{field.name}: {{ {inner} }},"
    if len(line) <= WIDTH:
        return f"{line}\n"
    rows = "".join(f"{indent}  {name}: {value},\n" for name, value in parts.items())
    return f"{indent}{field.name}: {{\n{rows}{indent}}},\n"


def initial_value(field: Field, initial: Any) -> Any:
    if initial is not None or field.optional:
        return initial
    return {"bool": False, "int": field.low, "choice": next(iter(field.choices), "")}.get(field.kind, "")


def _input(field: Field) -> str:
    parts = dict(_CONTROLS.get(field.kind, {}))
    if field.optional:
        parts["optional"] = "true"
    elif field.kind != "bool":
        parts["required"] = "true"
    parts |= _bounds(field)
    return f"{{ {', '.join(f'{name}: {value}' for name, value in parts.items())} }}"


def _bounds(field: Field) -> dict[str, str]:
    if field.kind == "int":
        return {"min": str(field.low), "max": str(field.high)}
    if field.choices:
        return {"options": f"[{', '.join(json.dumps(choice) for choice in field.choices)}]"}
    if field.kind in ("line", "text", "url", "email"):
        return {"maxLength": str(field.high or 254)}
    return {}
