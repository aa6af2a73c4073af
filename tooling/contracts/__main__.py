"""`python -m tooling.contracts schemas [--check | --write]`: schemas of the contracts, and the manifest's own."""

import argparse
import json
import sys

from pydantic import ValidationError

from shared.contracts.manifest import Contract
from tooling.contracts import schemas
from tooling.contracts.models import UnknownModel
from tooling.paths import CONTRACTS, ROOT

MANIFEST_SCHEMA = CONTRACTS / "feature.schema.json"


def manifest_schema() -> str:
    """The JSON Schema of a feature.yaml."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Contract.model_json_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tooling.contracts", description=__doc__)
    parser.add_argument("what", choices=["schemas"])
    parser.add_argument("--write", action="store_true", help="bring them up to date (default: only check)")
    parser.add_argument("--check", action="store_true", help="say what differs from shared.models")
    write = parser.parse_args().write
    try:
        differing = schemas.stale(sorted(CONTRACTS.glob("*/feature.yaml")), write=write)
    except (UnknownModel, ValidationError) as error:
        print(f"{error}. Fix: mend the name in the contract, or add the model", file=sys.stderr)
        return 1
    fresh = manifest_schema()
    if not MANIFEST_SCHEMA.exists() or MANIFEST_SCHEMA.read_text(encoding="utf-8") != fresh:
        differing.append(MANIFEST_SCHEMA)
        if write:
            MANIFEST_SCHEMA.write_text(fresh, encoding="utf-8")
    for path in differing:
        print(f"{path.relative_to(ROOT)}: {'written' if write else 'differs from shared.models'}")
    if differing and not write:
        print("Fix: python -m tooling.contracts schemas --write")
    return 1 if differing and not write else 0


if __name__ == "__main__":
    sys.exit(main())
