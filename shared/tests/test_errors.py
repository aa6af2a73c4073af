"""The error tree: every error has one problem, and a problem becomes the same error at the caller."""

import json
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict

from shared.chassis import problems
from shared.models.problem import PROBLEM_JSON, FieldProblem, Problem
from shared.tests.app import calling, make_app
from shared.utils import errors
from shared.utils.errors import BY_STATUS, Invalid, ServiceError, Stale, TooManyRequests, Unavailable


def _tree(error: type[ServiceError]) -> Iterator[type[ServiceError]]:
    for child in error.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
            yield from _tree(child)


PUBLIC = [error for error in _tree(ServiceError) if not error.__name__.startswith("_")]


class Body(BaseModel):
    name: str
    seats: int = 1


def test_every_error_is_mapped_to_a_status_of_its_own():
    assert {error.status: error for error in PUBLIC} == BY_STATUS
    assert len({error.slug for error in PUBLIC}) == len(PUBLIC)


@pytest.mark.parametrize("error", [ServiceError, *PUBLIC])
def test_every_error_is_a_whole_problem(error: type[ServiceError]):
    document = problems.document(error("Do this."), "/somewhere")

    problem = Problem.model_validate(document)
    assert problem.type == f"urn:tools-dashboard:problem:{error.slug}"
    assert (problem.status, problem.title, problem.instance) == (error.status, error.title, "/somewhere")


@pytest.mark.parametrize("error", PUBLIC)
async def test_an_error_that_is_raised_is_answered(error: type[ServiceError]):
    app = make_app()

    @app.get("/fails")
    async def fails() -> None:  # pyright: ignore[reportUnusedFunction]
        raise error("Do this.")

    async with calling(app) as client:
        answer = await client.get("/fails")

    assert answer.status_code == error.status
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert answer.json()["detail"] == "Do this."
    assert answer.json()["correlation_id"] == answer.headers["x-correlation-id"]
    assert ("www-authenticate" in answer.headers) == (error.status == 401)
    assert ("retry-after" in answer.headers) == (error.status in (429, 503))


def test_an_error_carries_what_belongs_to_it():
    stale = problems.document(Stale("Look again.", current={"version": 2}), "/")
    missing = problems.document(Unavailable(dependency="back-auth"), "/")
    refused = problems.document(errors.Invalid.field("name", "This is required."), "/")

    assert stale["current"] == {"version": 2}
    assert missing["dependency"] == "back-auth"
    assert refused["errors"] == [FieldProblem(field="name", message="This is required.").model_dump()]
    assert TooManyRequests(retry_after=7).headers == {"Retry-After": "7"}


@pytest.mark.parametrize(
    ("body", "status", "fields"),
    [
        (b"{", 400, None),
        (b"\xff", 400, None),
        (b"[]", 422, [""]),
        (b"null", 422, [""]),
        (b"", 422, [""]),
        (b"{}", 422, ["name"]),
        (b'{"name": 1, "seats": "x"}', 422, ["name", "seats"]),
        (b'{"name": "a", "seats": 1e400}', 422, ["seats"]),
    ],
)
async def test_a_body_that_is_refused_is_a_problem(body: bytes, status: int, fields: list[str] | None):
    app = make_app()

    @app.post("/things")
    async def create(body: Body) -> None:  # pyright: ignore[reportUnusedFunction]
        del body

    async with calling(app) as client:
        answer = await client.post("/things", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM_JSON
    if fields is not None:
        assert [error["field"] for error in answer.json()["errors"]] == fields


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/health", 405)])
async def test_what_the_framework_answers_is_a_problem_as_well(method: str, path: str, status: int):
    async with calling(make_app()) as client:
        answer = await client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert answer.json()["status"] == status


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


@pytest.mark.parametrize(
    "name",
    ["x" * 60_000, "\x00" * 8_000, "é" * 10_000, "\ud800", '"' * 30_000],
    ids=["long", "NUL", "wide", "surrogate", "quotes"],
)
async def test_names_of_the_senders_choice_do_not_make_a_large_answer(name: str):
    app = make_app()

    @app.post("/strict")
    async def strict(body: Strict) -> None: ...  # pyright: ignore[reportUnusedFunction]

    async with calling(app) as client:
        answer = await client.post(
            "/strict", content=json.dumps({name: 1}), headers={"Content-Type": "application/json"}
        )

    assert answer.status_code == 422
    assert len(answer.content) < 1_000


async def test_at_most_twenty_errors_are_listed():
    errors = [FieldProblem(field="\x00" * 500, message="\x00" * 500) for _ in range(1_000)]
    body = problems.response(errors_of(errors), "/" + "\x00" * 50_000).body

    assert len(body) <= 16 * 1024
    assert len(json.loads(bytes(body))["errors"]) == 20


async def test_what_is_short_is_printed_whole():
    error = FieldProblem(field="name", message="Use at most 80 characters.")
    assert problems.document(errors_of([error]), "/here")["errors"] == [error.model_dump()]


def errors_of(problems_of_fields: list[FieldProblem]) -> ServiceError:
    return Invalid("Check the fields.", errors=problems_of_fields)
