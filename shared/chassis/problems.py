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

from shared.contracts.path_table import PathTable
from shared.models.base import NO_NUL
from shared.models.problem import PROBLEM_JSON, FieldProblem, Problem
from shared.utils import correlation, texts
from shared.utils.errors import BY_STATUS, BadRequest, Invalid, ServiceError

NOTHING_HERE = "There is nothing at this address. Check the path."
URN = "urn:tools-dashboard:problem:"
MOST_ERRORS = 20
MOST_FIELD = 128
MOST_MESSAGE = 256
MOST_TEXT = 1024
"""The most bytes of JSON that a field's name, its message, and `detail` or `instance` may take."""
_BODY_PARTS = {"body", "query", "path", "header"}


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
            FieldProblem(field=_field(problem["loc"]), message=_message(problem)) for problem in problems[:MOST_ERRORS]
        ],
    )


def _field(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if location and location[0] in _BODY_PARTS else location
    return ".".join(str(part) for part in parts)


_MESSAGES = {
    "missing": "This is required.",
    "extra_forbidden": "This field is not known.",
    "string_too_short": "Use at least {min_length} characters.",
    "string_too_long": "Use at most {max_length} characters.",
    "too_long": "Use at most {max_length}.",
    "model_attributes_type": "Send a JSON object with Content-Type: application/json.",
    "string_type": "This must be a text.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "literal_error": "Choose one of {expected}.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than_equal": "This must be at most {le}.",
}


_ONE_LINE = "Use one line, without invisible or control characters."
_SEVERAL_LINES = "Use no invisible or control characters but tabs and new lines."
_PATTERNS = {
    NO_NUL: "This must not contain a NUL character.",
    texts.ONE_LINE: _ONE_LINE,
    texts.ONE_VISIBLE_LINE: f"{_ONE_LINE} Something must be there to see.",
    texts.LINES: _SEVERAL_LINES,
    texts.VISIBLE_LINES: f"{_SEVERAL_LINES} Something must be there to see.",
    texts.WEB_ADDRESS: "This must be a web address such as https://example.com.",
    texts.SLUG: "Use lower-case letters, digits and hyphens, and begin with a letter.",
    texts.LANGUAGE_TAG: "This must be a language tag such as en or de-CH.",
}


def _message(problem: dict[str, Any]) -> str:
    """The message for the user of a form; pydantic's own messages are for programmers."""
    kind = str(problem["type"])
    context: dict[str, Any] = problem.get("ctx") or {}
    if kind == "string_too_short" and context.get("min_length") == 1:
        return _MESSAGES["missing"]
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return _PATTERNS[context["pattern"]]
    if kind in ("too_short", "too_long") and context.get("field_type") == "Value":  # a secret text
        kind = f"string_{kind}"
    if kind in _MESSAGES:
        return _MESSAGES[kind].format(**context)
    text = str(problem["msg"]).removeprefix("Value error, ")
    return text[:1].upper() + text[1:]


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
