"""The part of a contract that is generated: `schemas`, from the models that its endpoints and events name."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from shared.contracts.manifest import Contract
from tooling.contracts import models, typescript
from tooling.contracts.asyncapi import snapshot
from tooling.paths import CONTRACTS, ROOT

MANIFEST_SCHEMA = CONTRACTS / "feature.schema.json"
MARK = "# Generated from shared.models by `python -m tooling.contracts schemas --write`: do not edit below.\n"


def render(text: str) -> str:
    """`text` of a feature.yaml with its generated part made anew; without one when it names no schema.

    `request` and `response` are those of the first endpoint, for readers who want just these.

    Raises:
        UnknownModel: it names a schema without a model.
    """
    written, mark, _ = text.partition(MARK)
    contract = Contract.model_validate(yaml.safe_load(written))
    schemas = {name: models.schema(name) for name in contract.named_schemas()}
    if not schemas:
        return written.rstrip("\n") + "\n" if mark else text
    return written.rstrip("\n") + "\n\n" + MARK + _yaml(schemas, _aliases(contract, schemas))


def _aliases(contract: Contract, schemas: Mapping[str, object]) -> dict[str, str | None]:
    if not contract.endpoints:
        return {}
    first = contract.endpoints[0]
    answer = next(iter(first.response.values()))
    aliases = {"request": first.request, "response": answer}
    return {alias: name for alias, name in aliases.items() if name in schemas}


def _yaml(schemas: dict[str, dict[str, Any]], aliases: Mapping[str, str | None]) -> str:
    lines = ["schemas:\n"]
    for name, schema in schemas.items():
        anchors = [alias for alias, target in aliases.items() if target == name]
        lines.append(f"  {_key(name)}:{' &' + anchors[0] if anchors else ''}\n")
        body = yaml.safe_dump(schema, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
        lines += [f"    {line}" for line in body.splitlines(keepends=True)]
    lines += [f"  {alias}: *{alias}\n" for alias in aliases]
    return "".join(lines)


def _key(name: str) -> str:
    return f'"{name}"' if "[" in name else name


def stale(paths: list[Path], *, write: bool) -> list[Path]:
    """The contracts among `paths` whose generated part differs from the models; with `write` they are brought up to date."""
    found: list[Path] = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        try:
            fresh = render(text)
        except models.UnknownModel as error:
            raise models.UnknownModel(error.name, f"{path}:{_line_of(error.name, text)}") from None
        if fresh != text:
            found.append(path)
            if write:
                path.write_text(fresh, encoding="utf-8")
    return found


def _line_of(name: str, text: str) -> int:
    """Where `text` names the schema `name` first; the rest of the line may hold more."""
    found = re.search(rf"(?<![\w\[]){re.escape(name)}(?!\w)", text) or re.search(re.escape(name), text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def manifest_schema() -> str:
    """The JSON Schema of a feature.yaml, as it is published."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Contract.model_json_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def bring_up_to_date(*, write: bool) -> list[Path]:
    """The generated files that differ, with the manifest's own schema, the AsyncAPI documents and the fronts' types; with `write` they
    are written.

    Raises:
        UnknownModel: a contract names a schema without a model.
        ValidationError: a contract is not of its form.
    """
    differing = stale(sorted(CONTRACTS.glob("*/feature.yaml")), write=write)
    fresh = manifest_schema()
    if not MANIFEST_SCHEMA.exists() or MANIFEST_SCHEMA.read_text(encoding="utf-8") != fresh:
        differing.append(MANIFEST_SCHEMA)
        if write:
            MANIFEST_SCHEMA.write_text(fresh, encoding="utf-8")
    return differing + snapshot.bring_up_to_date(ROOT, write=write) + typescript.bring_up_to_date(ROOT, write=write)
