"""Errors in the OpenAPI document: problem JSON everywhere; errors that follow from a route's shape are added automatically."""

from typing import Any

from fastapi import FastAPI

from shared.models.problem import PROBLEM_JSON, Problem
from shared.utils.errors import BY_STATUS

Responses = dict[int | str, dict[str, Any]]
_SCHEMAS = "#/components/schemas/"
_ANY_TEXT = {"type", "title", "description"}


def problems(*statuses: int) -> Responses:
    """`responses=` of a route or router that may answer these errors.

    400 and 413 (JSON body), 401 (needs the caller) and 422 (has parameters or a body) need not be named.
    """
    return {status: _problem(status) for status in statuses}


def install(app: FastAPI) -> None:
    """Makes `/openapi.json` describe the errors as they are answered."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(generate())
        return app.openapi_schema

    app.openapi = openapi


def _problem(status: int) -> dict[str, Any]:
    content = {PROBLEM_JSON: {"schema": {"$ref": _SCHEMAS + "Problem"}}}
    return {"description": BY_STATUS[status].title, "content": content}


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template=_SCHEMAS + "{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for path in document["paths"].values():
        for operation in path.values():
            _complete_operation(operation)
    return document


def _complete_operation(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    if "security" in operation:
        responses.setdefault("401", _problem(401))
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        responses.update({str(status): _problem(status) for status in (400, 413)})
    if "HTTPValidationError" in str(responses.get("422", "")):
        responses["422"] = _problem(422)
        if not _can_be_invalid(operation):
            del responses["422"]


def _can_be_invalid(operation: dict[str, Any]) -> bool:
    """False when it only has path parameters of any text: a malformed one is a 404."""
    parameters = operation.get("parameters", [])
    any_text = (parameter["in"] == "path" and parameter["schema"].keys() <= _ANY_TEXT for parameter in parameters)
    return "requestBody" in operation or not all(any_text)
