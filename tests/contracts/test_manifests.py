"""What every contract must be, whatever its feature: a new feature is covered without writing a test."""

import json

import pytest

from shared.contracts.check import check
from shared.contracts.loader import paths
from tests.contracts.contracts import assert_api_matches_contract, assert_matches_schema, load, names
from tooling import openapi
from tooling.contracts import differences
from tooling.contracts.schemas import MANIFEST_SCHEMA, manifest_schema, stale
from tooling.paths import CONTRACTS, ROOT

SERVICES = sorted({endpoint.service for name in names() for endpoint in load(name).endpoints})


def test_contracts_and_boundaries_hold_together():
    assert [str(finding) for finding in check()] == []


def test_schemas_are_those_of_the_shared_models():
    assert stale(paths(CONTRACTS), write=False) == []


def test_the_published_manifest_schema_is_up_to_date():
    assert MANIFEST_SCHEMA.read_text(encoding="utf-8") == manifest_schema()


@pytest.mark.parametrize("name", names())
def test_manifest_is_of_its_published_schema(name: str):
    as_json = json.loads(load(name).model_dump_json(exclude_unset=True, exclude={"schemas"}))
    assert_matches_schema(as_json, json.loads(MANIFEST_SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", names())
def test_examples_are_of_their_schemas(name: str):
    contract = load(name)
    for schema, examples in contract.examples.items():
        for example in examples:
            assert_matches_schema(example, contract.schemas[schema])


@pytest.mark.parametrize(
    ("name", "service"),
    [(name, service) for name in names() for service in sorted({e.service for e in load(name).endpoints})],
)
def test_service_answers_as_the_contract_says(name: str, service: str):
    router = f"{service}/features/{name}/api.py"
    assert_api_matches_contract(router if (ROOT / router).exists() else service, name)


@pytest.mark.parametrize("service", SERVICES)
def test_service_offers_nothing_without_a_contract(service: str):
    assert differences.undeclared(openapi.document_of(service), [load(name) for name in names()], service) == []
