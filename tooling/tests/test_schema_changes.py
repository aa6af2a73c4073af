"""Each change of a schema is judged by the direction in which it travels."""

from typing import Any

import pytest

from tooling.changes import schema_changes

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def _object(properties: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)} | more


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "default": None}


A = _object({"a": TEXT})
CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("the same", A, A, "none", "none"),
    ("only words", A, A | {"description": "else"}, "none", "none"),
    ("field removed", A, _object({}), "major", "major"),
    ("field renamed", A, _object({"b": TEXT}), "major", "major"),
    ("optional field added", A, _object({"a": TEXT, "b": NUMBER}), "minor", "minor"),
    ("required field added", A, _object({"a": TEXT, "b": NUMBER}, "b"), "major", "minor"),
    ("optional became required", A, _object({"a": TEXT}, "a"), "major", "minor"),
    ("required became optional", _object({"a": TEXT}, "a"), A, "minor", "major"),
    ("retyped", TEXT, NUMBER, "major", "major"),
    ("integer became number", NUMBER, {"type": "number"}, "minor", "major"),
    ("number became integer", {"type": "number"}, NUMBER, "major", "minor"),
    ("null allowed", TEXT, _nullable(TEXT), "minor", "major"),
    ("null refused", _nullable(TEXT), TEXT, "major", "minor"),
    ("type list with null", TEXT, {"type": ["string", "null"]}, "minor", "major"),
    ("choice added", TEXT | {"enum": ["a"]}, TEXT | {"enum": ["a", "b"]}, "minor", "major"),
    ("choice removed", TEXT | {"enum": ["a", "b"]}, TEXT | {"enum": ["a"]}, "major", "minor"),
    ("const became enum", TEXT | {"const": "a"}, TEXT | {"enum": ["a", "b"]}, "minor", "major"),
    ("text became enum", TEXT, TEXT | {"enum": ["a"]}, "major", "minor"),
    ("maximum lowered", TEXT | {"maxLength": 9}, TEXT | {"maxLength": 5}, "major", "minor"),
    ("maximum raised", TEXT | {"maxLength": 5}, TEXT | {"maxLength": 9}, "minor", "major"),
    ("minimum raised", NUMBER | {"minimum": 1}, NUMBER | {"minimum": 2}, "major", "minor"),
    ("minimum gone", NUMBER | {"minimum": 1}, NUMBER, "minor", "major"),
    ("minimum new", NUMBER, NUMBER | {"exclusiveMinimum": 0}, "major", "minor"),
    ("format demanded", TEXT, TEXT | {"format": "email"}, "major", "minor"),
    ("format gone", TEXT | {"format": "uuid"}, TEXT, "minor", "major"),
    ("format changed", TEXT | {"format": "uuid"}, TEXT | {"format": "date"}, "major", "major"),
    ("pattern demanded", TEXT, TEXT | {"pattern": "^a"}, "major", "minor"),
    ("default changed", TEXT | {"default": "a"}, TEXT | {"default": "b"}, "major", "patch"),
    ("default added", TEXT, TEXT | {"default": "b"}, "minor", "patch"),
    ("items", {"type": "array", "items": TEXT}, {"type": "array", "items": NUMBER}, "major", "major"),
    ("items told", {"type": "array"}, {"type": "array", "items": TEXT}, "major", "major"),
    ("items no longer told", {"type": "array", "items": TEXT}, {"type": "array"}, "major", "major"),
    ("choices of a union", {"anyOf": [TEXT, NUMBER]}, {"anyOf": [TEXT, NUMBER, A]}, "minor", "major"),
    ("strangers refused", A, A | {"additionalProperties": False}, "major", "minor"),
    ("strangers taken", A | {"additionalProperties": False}, A, "minor", "minor"),
    ("values of a map", _object({}, additionalProperties=TEXT), _object({}, additionalProperties=NUMBER), "major", "major"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "request_", "response"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_change_is_judged_by_its_direction(old: Any, new: Any, request_: str, response: str):
    assert _largest(schema_changes.compare(old, new, "request")) == request_
    assert _largest(schema_changes.compare(old, new, "response")) == response


def _largest(found: list[Any]) -> str:
    order = ["none", "patch", "minor", "major"]
    return max((step for _, _, step in found), key=order.index, default="none")


def test_a_renamed_field_and_a_moved_one_are_reported():
    renamed = schema_changes.compare(A, _object({"b": TEXT}), "response")
    moved = schema_changes.compare(A, _object({"inner": _object({"a": TEXT})}), "response")

    assert (".a", "was renamed to b", "major") in renamed
    assert (".a", "was moved to inner.a", "major") in moved


def test_references_are_followed():
    old = {"$ref": "#/$defs/A", "$defs": {"A": A}}
    new = {"$ref": "#/$defs/A", "$defs": {"A": _object({"a": NUMBER})}}

    assert schema_changes.compare(old, new, "response") == [(".a", "type string became integer", "major")]
