"""Each change of an endpoint, the step that it demands, and whether a shared model has changed with it."""

from typing import Any

import pytest

from shared.contracts.manifest import Contract
from tooling.changes import endpoint_changes
from tooling.changes.change import Change

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
ENDPOINT: dict[str, Any] = {
    "method": "GET",
    "path": "/api/bookmarks/{id}",
    "service": "back-api",
    "auth": "user",
    "idempotent": True,
    "response": {200: "Bookmark"},
}
INTERNAL = {"auth": "internal", "callers": ["back-workers"]}


def contract(*endpoints: dict[str, Any], **schemas: Any) -> Contract:
    return Contract.model_validate(
        {
            "name": "bookmarks",
            "version": "1.0.0",
            "type": "cross-service",
            "summary": "Bookmarks, for these tests alone.",
            "services": [{"name": "front-public"}, {"name": "back-api"}],
            "endpoints": [ENDPOINT | endpoint for endpoint in endpoints],
            "schemas": {"Bookmark": TEXT} | schemas,
        }
    )


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return list(endpoint_changes.compare(contract(before), contract(after)))


CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("who may call it is wider", {}, {"auth": "none"}, "auth", "minor"),
    ("who may call it is narrower", {"auth": "none"}, {}, "auth", "major"),
    ("no permission is needed any more", {"permission": "a:b"}, {}, "permission", "minor"),
    ("a permission is needed", {}, {"permission": "a:b"}, "permission", "major"),
    ("another permission is needed", {"permission": "a:b"}, {"permission": "a:c"}, "permission", "major"),
    ("a query parameter is new", {}, {"query": ["q"]}, "query q", "minor"),
    ("a query parameter is gone", {"query": ["q"]}, {}, "query q", "major"),
    ("a header is new", {}, {"headers": ["If-Match"]}, "header If-Match", "minor"),
    ("a header is gone", {"headers": ["If-Match"]}, {}, "header If-Match", "major"),
    ("it may be repeated now", {"idempotent": False}, {}, "", "minor"),
    ("it may not be repeated any more", {}, {"idempotent": False}, "", "major"),
    ("larger bodies are read", {"max_body": 10}, {"max_body": 11}, "max_body", "minor"),
    ("smaller bodies are read", {"max_body": 11}, {"max_body": 10}, "max_body", "major"),
    ("a success is new", {}, {"response": {200: "Bookmark", 202: None}}, "202", "major"),
    ("a success is gone", {"response": {200: "Bookmark", 202: None}}, {}, "202", "major"),
    ("an error is new", {}, {"errors": [409]}, "errors", "minor"),
    ("an error is gone", {"errors": [409]}, {}, "errors", "minor"),
    ("an error took another's place", {"errors": [404]}, {"errors": [409]}, "errors", "major"),
    ("a request has a body now", {}, {"request": "image/webp"}, "request", "major"),
    ("a request has no body any more", {"request": "image/webp"}, {}, "request", "major"),
    ("an answer has a body now", {"response": {200: None}}, {"response": {200: "image/webp"}}, "200", "minor"),
    ("an answer has no body any more", {"response": {200: "image/webp"}}, {"response": {200: None}}, "200", "major"),
    ("a media type changed", {"request": "image/webp"}, {"request": "image/png"}, "request", "major"),
]


@pytest.mark.parametrize(("before", "after", "place", "step"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_change_demands_a_step(before: dict[str, Any], after: dict[str, Any], place: str, step: str) -> None:
    (change,) = changes(before, after)
    assert (change.place, change.step) == (f"GET /api/bookmarks/{{id}} {place}".strip(), step)
    assert not change.model


@pytest.mark.parametrize("endpoint", [{}, INTERNAL, {"errors": [404]}, {"request": "image/webp"}])
def test_nothing_changed_is_no_change(endpoint: dict[str, Any]) -> None:
    assert changes(endpoint, endpoint) == []


def test_callers_come_and_go() -> None:
    found = changes(INTERNAL, INTERNAL | {"callers": ["back-auth"]})
    assert [(change.text, change.step) for change in found] == [
        ("back-workers is not admitted any more", "major"),
        ("back-auth is admitted now", "minor"),
    ]
    assert not any(change.model for change in found)


@pytest.mark.parametrize(("place", "step"), [("response", "major"), ("request", "major")])
def test_a_retyped_model_breaks_and_is_a_change_of_the_model_too(place: str, step: str) -> None:
    endpoint: dict[str, Any] = {"request": "Bookmark", "response": {200: None}} if place == "request" else {}
    found = list(endpoint_changes.compare(contract(endpoint), contract(endpoint, Bookmark=NUMBER)))
    assert [(change.step, change.model) for change in found] == [(step, True)]


@pytest.mark.parametrize(("place", "step"), [("response", "major"), ("request", "minor")])
def test_null_is_judged_by_the_direction_in_which_it_travels(place: str, step: str) -> None:
    endpoint: dict[str, Any] = {"request": "Bookmark", "response": {200: None}} if place == "request" else {}
    nullable = {"anyOf": [TEXT, {"type": "null"}]}
    found = list(endpoint_changes.compare(contract(endpoint), contract(endpoint, Bookmark=nullable)))
    assert [change.step for change in found] == [step]


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ({"path": "/api/marks/{id}"}, "was moved to back-api GET /api/marks/{id}"),
        ({"method": "POST"}, "was moved to back-api POST /api/bookmarks/{id}"),
        ({"path": "/api/marks/{id}", "method": "POST"}, "was removed"),
        ({"path": "/api/marks/{id}", "response": {200: None}}, "was removed"),
    ],
)
def test_an_endpoint_was_removed_or_moved_to_one_that_is_like_it(other: dict[str, Any], text: str) -> None:
    gone, new = changes({}, other)
    assert (gone.text, gone.step) == (text, "major")
    assert (new.text, new.step) == ("is new", "minor")


def test_another_name_of_a_path_s_parameter_is_no_change() -> None:
    assert changes({}, {"path": "/api/bookmarks/{bookmark_id}"}) == []


@pytest.mark.parametrize(
    ("endpoint", "affected"),
    [
        ({}, ("front-public",)),
        (INTERNAL, ("back-workers",)),
        ({"auth": "none", "callers": ["back-auth"]}, ("back-auth", "front-public")),
    ],
)
def test_a_change_concerns_callers_and_of_what_browsers_reach_the_fronts(
    endpoint: dict[str, Any], affected: tuple[str, ...]
) -> None:
    (change,) = changes(endpoint, endpoint | {"errors": [409]})
    assert change.affected == affected
