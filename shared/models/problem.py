"""Problem details for HTTP APIs (RFC 9457), the error answer of every service."""

from typing import Any

from shared.models.base import Entity

PROBLEM_JSON = "application/problem+json"


class FieldProblem(Entity):
    """One refused field; `field` is a dotted path into the request body, empty for the whole body."""

    field: str
    message: str


class Problem(Entity):
    """`type` is a stable URN; `detail` says what to do; `current` is the stored entity when the caller's version is stale."""

    type: str
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    correlation_id: str = ""
    errors: list[FieldProblem] | None = None
    current: dict[str, Any] | None = None
    dependency: str | None = None
