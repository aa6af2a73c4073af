"""`schemas.yaml` beside each contract: the JSON Schemas of what it names, generated from shared.models."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from shared.contracts.loader import GENERATED, load_one, paths
from shared.contracts.manifest import Contract
from shared.contracts.rules import WRITE
from tooling.contracts import front_flags, models, typescript
from tooling.contracts.asyncapi import snapshot
from tooling.paths import CONTRACTS, ROOT

MANIFEST_SCHEMA = CONTRACTS / "feature.schema.json"
ALIASES = ("request", "response")
FRONT_FILES = (typescript.TYPES, front_flags.FLAGS)
HEAD = f"# Generated from shared.models by `{WRITE}`: do not edit.\n"


def render(contract: Contract) -> str | None:
    """What the contract's schemas.yaml has to say; None when it names no schema.

    `request` and `response` are those of the first endpoint, for readers who want just these.

    Raises:
        UnknownModel: it names a schema without a model.
    """
    schemas = {name: models.schema(name) for name in contract.named_schemas()}
    return HEAD + _yaml(schemas, _aliases(contract, schemas)) if schemas else None


def is_fresh(contract: Contract, generated: Path) -> bool:
    """Whether the file says what `render` would; found without writing YAML, which is slow."""
    schemas = {name: models.schema(name) for name in contract.named_schemas()}
    aliases = {alias: schemas[name] for alias, name in _aliases(contract, schemas).items() if name}
    text = text_of(generated)
    return contract.schemas == schemas | aliases and (text is None if not schemas else (text or "").startswith(HEAD))


def _aliases(contract: Contract, schemas: Mapping[str, object]) -> dict[str, str | None]:
    if not contract.endpoints:
        return {}
    first = contract.endpoints[0]
    answer = next(iter(first.response.values()))
    aliases = dict(zip(ALIASES, (first.request, answer), strict=True))
    return {alias: name for alias, name in aliases.items() if name in schemas}


def _yaml(schemas: dict[str, dict[str, Any]], aliases: Mapping[str, str | None]) -> str:
    lines: list[str] = []
    for name, schema in schemas.items():
        anchors = [alias for alias, target in aliases.items() if target == name]
        lines.append(f"{_key(name)}:{' &' + anchors[0] if anchors else ''}\n")
        body = yaml.safe_dump(schema, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
        lines += [f"  {line}" for line in body.splitlines(keepends=True)]
    lines += [f"{alias}: *{alias}\n" for alias in aliases]
    return "".join(lines)


def _key(name: str) -> str:
    return f'"{name}"' if "[" in name else name


def stale(written: list[Path], *, write: bool) -> list[Path]:
    """The schemas.yaml beside the contracts `written` that differ from the models; with `write` they are brought up to date.

    Raises:
        UnknownModel: a contract names a schema without a model.
        UnreadableContract: a contract is no YAML, or not of its form.
    """
    found: list[Path] = []
    for path in written:
        try:
            fresh = render(load_one(path))
        except models.UnknownModel as error:
            where = f"{path}:{_line_of(error.name, path.read_text(encoding='utf-8'))}"
            raise models.UnknownModel(error.name, where) from None
        generated = path.with_name(GENERATED)
        if fresh != text_of(generated):
            found.append(generated)
            if write:
                _write(generated, fresh)
    return found


def text_of(generated: Path) -> str | None:
    """What stands in the file, or None when there is none."""
    return generated.read_text(encoding="utf-8") if generated.is_file() else None


def _write(generated: Path, text: str | None) -> None:
    if text is None:
        generated.unlink()
    else:
        generated.write_text(text, encoding="utf-8")


def _line_of(name: str, text: str) -> int:
    """Where `text` names the schema `name` first; the rest of the line may hold more."""
    found = re.search(rf"(?<![\w\[]){re.escape(name)}(?!\w)", text) or re.search(re.escape(name), text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def manifest_schema() -> str:
    """The JSON Schema of a feature.yaml, as it is published."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Contract.model_json_schema()}
    del schema["properties"]["schemas"]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def bring_up_to_date(*, write: bool) -> list[Path]:
    """The generated files that differ, with the manifest's own schema, the AsyncAPI documents and the fronts' types; with `write` they
    are written.

    Raises:
        UnknownModel: a contract names a schema without a model.
        UnreadableContract: a contract is no YAML, or not of its form.
    """
    differing = stale(paths(CONTRACTS), write=write)
    fresh = manifest_schema()
    if not MANIFEST_SCHEMA.exists() or MANIFEST_SCHEMA.read_text(encoding="utf-8") != fresh:
        differing.append(MANIFEST_SCHEMA)
        if write:
            MANIFEST_SCHEMA.write_text(fresh, encoding="utf-8")
    differing += snapshot.bring_up_to_date(ROOT, write=write)
    return differing + [path for file in FRONT_FILES for path in file.bring_up_to_date(ROOT, write=write)]
