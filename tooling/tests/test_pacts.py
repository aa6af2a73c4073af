"""Pacts: what is committed does not change by itself, and a consumer's new need is reported by name."""

import json
from pathlib import Path
from typing import Any

from tooling.pacts import accept, differences, normal
from tooling.pacts.uses import users

CONTENT: dict[str, Any] = {"items": [{"id": "1", "text": "A"}], "next_cursor": "n"}


def _interaction(description: str, path: str = "/api/things") -> dict[str, Any]:
    return {
        "description": description,
        "pending": False,
        "request": {"method": "GET", "path": path},
        "response": {"status": 200, "body": {"content": CONTENT}},
    }


def _pact(*interactions: dict[str, Any], version: str = "1.0.0") -> dict[str, Any]:
    return {
        "consumer": {"name": "front-public"},
        "provider": {"name": "back-api"},
        "interactions": list(interactions),
        "metadata": {"pactRust": {"ffi": version}, "pactSpecification": {"version": "4.0"}},
    }


def _write(folder: Path, pact: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "front-public-back-api.json").write_text(json.dumps(pact))
    return folder


def test_order_and_tools_make_no_difference():
    one = _interaction("one")
    other = _interaction("other")

    assert normal(_pact(one, other)) == normal(_pact(other, one, version="2.0.0"))
    assert json.loads(normal(_pact(one)))["interactions"][0]["response"] == one["response"]


def test_a_new_need_is_reported_until_it_is_accepted(tmp_path: Path):
    old = _write(tmp_path / "old", _pact(_interaction("one"), _interaction("gone")))
    new = _write(tmp_path / "new", _pact(_interaction("one", "/api/other"), _interaction("more")))

    assert list(differences(new, old)) == [
        'front-public-back-api.json: "gone" is asked no more',
        'front-public-back-api.json: "more" is asked as well',
        'front-public-back-api.json: "one" changed',
    ]
    accept(new, old)
    assert list(differences(new, old)) == []


def test_a_pact_that_nobody_writes_any_more_goes(tmp_path: Path):
    old = _write(tmp_path / "old", _pact(_interaction("one")))
    new = tmp_path / "new"
    new.mkdir()

    assert list(differences(new, old)) == ["front-public-back-api.json: no consumer's test writes it"]
    accept(new, old)
    assert list(old.iterdir()) == []


def test_who_reads_a_field_is_known_by_its_place(tmp_path: Path):
    interaction = _interaction("one", "/api/things/1")
    interaction["request"]["generators"] = {"path": {"expression": "/api/things/${thing_id}"}}

    found = users(_write(tmp_path / "pacts", _pact(interaction)))

    fields = ("", ".items", ".items[].id", ".items[].text", ".next_cursor")
    assert {place for _, place in found} == {
        "GET /api/things/{}",
        *(f"GET /api/things/{{}} 200{field}" for field in fields),
    }
    assert found["back-api", "GET /api/things/{} 200.items[].id"] == {"front-public"}
