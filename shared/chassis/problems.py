"""Every error is answered as RFC 9457 problem JSON with the correlation id; no stack trace and no SQL leaves a service.

Text chosen by the sender, such as names of unknown fields, is cut: at most 20 errors, and never a document above 16 KiB.
"""

import json
from collections.abc import Iterable
from itertools import islice
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.chassis.field_messages import message_for, name_of
from shared.contracts.path_table import PathTable
from shared.models.problem import PROBLEM_JSON, FieldProblem, Problem
from shared.utils import correlation
from shared.utils.errors import BY_STATUS, BadRequest, Invalid, ServiceError

NOTHING_HERE = "There is nothing at this address. Check the path."
URN = "urn:tools-dashboard:problem:"
MOST_ERRORS = 20
MOST_FIELD = 128
MOST_MESSAGE = 256
MOST_TEXT = 1024
"""The most bytes of JSON that a field's name, its message, and `detail` or `instance` may take."""


def document(error: ServiceError, instance: str) -> dict[str, Any]:
    """The problem document of `error`."""
    problem = Problem(
        type=URN + error.slug,
        title=error.title,
        status=error.status,
        detail=_cut(error.detail, MOST_TEXT),
        instance=_cut(instance, MOST_TEXT),
        correlation_id=correlation.current(),
        **error.extra,
    )
    if problem.errors:
        problem = problem.model_copy(update={"errors": _bounded(problem.errors)})
    return problem.model_dump(mode="json", exclude_none=True)


def _bounded(errors: Iterable[FieldProblem]) -> list[FieldProblem]:
    """The first of `errors`, with names and messages cut."""
    return [
        FieldProblem(field=_cut(error.field, MOST_FIELD), message=_cut(error.message, MOST_MESSAGE))
        for error in islice(errors, MOST_ERRORS)
    ]


def _cut(text: str, most: int) -> str:
    """`text`, cut to at most `most` bytes of JSON; lone surrogates become `?`."""
    whole = text[:most].encode(errors="replace").decode()
    if len(text) <= most and len(_json(whole)) <= most:
        return whole
    while len(_json(whole)) > most - len("…".encode()):
        whole = whole[: len(whole) * 3 // 4]
    return whole + "…"


def _json(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()


def response(error: ServiceError, instance: str) -> JSONResponse:
    """The problem response for `error`."""
    return JSONResponse(
        document(error, instance), status_code=error.status, headers=error.headers, media_type=PROBLEM_JSON
    )


def install(app: FastAPI, endpoints: PathTable[Any]) -> None:
    """Maps the error tree, FastAPI's validation errors and Starlette's own errors, once.

    405 names in `Allow` all methods that `endpoints` have at the path (RFC 9110, section 10.2.1).
    """

    async def service_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ServiceError)
        return response(error, request.url.path)

    async def validation_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return response(from_validation(error), request.url.path)

    async def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        answer = response(_from_http(error), request.url.path)
        if error.status_code == 405:
            known = endpoints.methods(request.url.path) or (error.headers or {}).get("Allow", "").split(", ")
            answer.headers["Allow"] = ", ".join(sorted({*known, "HEAD"} if "GET" in known else known))
        return answer

    app.add_exception_handler(ServiceError, service_error)
    app.add_exception_handler(RequestValidationError, validation_error)
    app.add_exception_handler(HTTPException, http_error)


def from_validation(error: RequestValidationError) -> ServiceError:
    """400 for a body that is not JSON, else 422 with the fields."""
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return BadRequest("The body is not valid JSON.")
    return Invalid(
        "Check the fields named in `errors`.",
        errors=[
            FieldProblem(field=name_of(problem["loc"]), message=message_for(problem))
            for problem in problems[:MOST_ERRORS]
        ],
    )


_DETAILS = {
    404: NOTHING_HERE,
    405: "This address exists, but not for this method.",
}


def _from_http(error: HTTPException) -> ServiceError:
    detail = _DETAILS.get(error.status_code, str(error.detail))
    known = BY_STATUS.get(error.status_code)
    return known(detail) if known else _OtherHttpError(error, detail)


class _OtherHttpError(ServiceError):
    """The problem for a status that Starlette answers by itself, such as 405."""

    def __init__(self, error: HTTPException, detail: str) -> None:
        super().__init__(detail)
        self.status = error.status_code
        self.slug = f"http-{error.status_code}"
        self.title = str(error.detail)
        self._headers = dict(error.headers or {})

    @property
    def headers(self) -> dict[str, str]:
        return self._headers
