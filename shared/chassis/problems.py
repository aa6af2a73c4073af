"""Every error leaves as RFC 9457 problem JSON with the correlation id; no stack trace and no SQL leaves a service."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.models.problem import PROBLEM_JSON, FieldProblem, Problem
from shared.utils import correlation
from shared.utils.errors import BY_STATUS, BadRequest, Invalid, ServiceError

URN = "urn:tools-dashboard:problem:"
_BODY_PARTS = {"body", "query", "path", "header"}


def document(error: ServiceError, instance: str) -> dict[str, Any]:
    """The problem document of `error`."""
    problem = Problem(
        type=URN + error.slug,
        title=error.title,
        status=error.status,
        detail=error.detail,
        instance=instance,
        correlation_id=correlation.current(),
        **error.extra,
    )
    return problem.model_dump(mode="json", exclude_none=True)


def response(error: ServiceError, instance: str) -> JSONResponse:
    """The answer that tells `error`."""
    return JSONResponse(
        document(error, instance), status_code=error.status, headers=error.headers, media_type=PROBLEM_JSON
    )


def install(app: FastAPI) -> None:
    """Maps the error tree, FastAPI's validation errors and Starlette's own errors, once."""

    async def service_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ServiceError)
        return response(error, request.url.path)

    async def validation_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return response(from_validation(error), request.url.path)

    async def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return response(_from_http(error), request.url.path)

    app.add_exception_handler(ServiceError, service_error)
    app.add_exception_handler(RequestValidationError, validation_error)
    app.add_exception_handler(HTTPException, http_error)


def from_validation(error: RequestValidationError) -> ServiceError:
    """400 for a body that is no JSON, 422 with the fields otherwise."""
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return BadRequest("The body is not valid JSON.")
    return Invalid(
        "Check the fields named in `errors`.",
        errors=[FieldProblem(field=_field(problem["loc"]), message=_message(problem)) for problem in problems],
    )


def _field(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if location and location[0] in _BODY_PARTS else location
    return ".".join(str(part) for part in parts)


def _message(problem: dict[str, Any]) -> str:
    text = str(problem["msg"]).removeprefix("Value error, ")
    return text[:1].upper() + text[1:]


def _from_http(error: HTTPException) -> ServiceError:
    known = BY_STATUS.get(error.status_code)
    mapped = known() if known else ServiceError()
    if not known:
        mapped.status = error.status_code  # pyright: ignore[reportAttributeAccessIssue]
        mapped.slug, mapped.title = "http-" + str(error.status_code), str(error.detail)  # pyright: ignore[reportAttributeAccessIssue]
    return mapped
