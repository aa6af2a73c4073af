"""The two assertions of the guide, and the contracts by name."""

from pathlib import Path
from typing import Any

import jsonschema

from shared.contracts.loader import load_one, paths
from shared.contracts.manifest import Contract
from tooling import openapi
from tooling.contracts import differences
from tooling.paths import CONTRACTS, ROOT


def load(name: str | Path) -> Contract:
    """The contract of the feature `name`, or at a path below the repository."""
    return load_one(ROOT / name if str(name).endswith(".yaml") else CONTRACTS / name / "feature.yaml")


def names() -> list[str]:
    """Every feature that has a contract."""
    return [path.parent.name for path in paths(CONTRACTS)]


def assert_matches_schema(instance: Any, schema: dict[str, Any]) -> None:
    """`instance` is what the JSON Schema `schema` describes; says all that is not."""
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    wrong = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]  # pyright: ignore[reportUnknownMemberType]
    assert not wrong, "\n".join(wrong)


def assert_api_matches_contract(api_spec: str, contract: str | Path) -> None:
    """The live OpenAPI of `api_spec` and `contract` say the same, in both directions.

    `api_spec` is a service (`back-api`) or a feature's router (`back-api/features/profile/api.py`).
    """
    service, _, feature = api_spec.partition("/")
    tag = Path(feature).parent.name or None
    found = differences.between(openapi.document_of(service), load(contract), service, tag=tag)
    assert not found, "\n".join([f"{service} and the contract {contract} differ:", *found])
