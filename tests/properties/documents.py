"""What each service says of itself: its OpenAPI document, whose internal endpoints the contracts complete.

The errors of an internal endpoint and the token that it asks for are declared by its contract alone (tooling/contracts/differences.py).
"""

from copy import deepcopy
from typing import Any

from shared.contracts.allowed_callers import PREFIX
from shared.contracts.loader import FOLDER, load
from shared.models.problem import PROBLEM_JSON
from shared.security.constants import SERVICE_TOKEN_HEADER
from tooling import openapi
from tooling.contracts.operations import anonymous

Json = dict[str, Any]
SERVICE_TOKEN = "service token"


def document_of(service: str) -> Json:
    """The complete document of `service`."""
    document = deepcopy(openapi.document_of(service))
    errors = _internal_errors(service)
    document["components"].setdefault("securitySchemes", {})[SERVICE_TOKEN] = {
        "type": "apiKey",
        "in": "header",
        "name": SERVICE_TOKEN_HEADER,
    }
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if path.startswith(PREFIX):
                _complete(operation, errors[method.upper(), anonymous(path)])
    return document


def _internal_errors(service: str) -> dict[tuple[str, str], tuple[list[int], bool]]:
    """The errors of each internal endpoint, and whether it asks for a service token."""
    known, _ = load(FOLDER)
    return {
        (endpoint.method, anonymous(endpoint.path)): (endpoint.errors, endpoint.auth == "internal")
        for _, contract in known
        for endpoint in contract.endpoints
        if endpoint.service == service
    }


def _complete(operation: Json, declared: tuple[list[int], bool]) -> None:
    errors, by_token = declared
    problem = {
        "description": "problem",
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in errors:
        operation["responses"].setdefault(str(status), problem)
    if by_token:
        operation["security"] = [{SERVICE_TOKEN: []}]
