"""A feature's files, rendered from the templates; their paths mirror the tree's, and an empty one is not written."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tooling.generator.context import context, form_text, shown
from tooling.generator.feature import Feature
from tooling.generator.field_table import Field
from tooling.generator.form_row import row

TEMPLATES = Path(__file__).with_name("templates")
ENDING = ".jinja"


def rendered(feature: Feature, root: Path) -> dict[Path, str]:
    """Each file of `feature` by its path below `root`, before it is formatted."""
    values = context(feature, root)
    environment = _environment()
    made: dict[Path, str] = {}
    for name in sorted(_templates()):
        text = environment.get_template(name).render(values)
        if text.strip():
            path = environment.from_string(name.removesuffix(ENDING)).render(values)
            made[Path(path)] = text.strip("\n") + "\n"
    return made


def _templates() -> Iterator[str]:
    for path in TEMPLATES.rglob(f"*{ENDING}"):
        yield path.relative_to(TEMPLATES).as_posix()


def _environment() -> Environment:
    """Braces are the languages' own, so that templates use brackets: `[[ value ]]`, `[% if ... %]`."""
    environment = Environment(  # noqa: S701 - it writes source code
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "python": repr,
        "json": _json,
        "flow": _flow,
        "form_row": row,
        "shape": _shape,
        "shown": shown,
        "typed": form_text,
    }
    return environment


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _flow(value: Any) -> str:
    """YAML on one line, as the contracts write their examples: `{title: Title, count: 3}`."""
    return yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000).strip()


def _shape(field: Field) -> str:
    """What a pact of a front expects of the field: `text("Title")`."""
    match field.kind:
        case "bool":
            return f"boolean({_json(field.samples[0])})"
        case "int":
            return f"integer({field.samples[0]})"
        case "date":
            return "day"
        case "choice":
            return f"oneOf({', '.join(map(_json, field.choices))})"
        case _:
            return f"text({_json(field.samples[0])})"
