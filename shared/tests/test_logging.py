"""Logs are one JSON object a line, with service and correlation id, and without secrets."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from pydantic import SecretStr

from shared.chassis.logging import configure
from shared.models.session import Login
from shared.tests.app import calling, make_app, own_logging
from shared.utils import correlation


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    with own_logging():
        yield


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_json_with_service_and_correlation_id(capsys: pytest.CaptureFixture[str]):
    configure("back-test")
    with correlation.bind("given-by-caller"):
        structlog.get_logger("x").info("saved", rows=2)

    (line,) = _lines(capsys)
    assert line["event"] == "saved"
    assert line["rows"] == 2
    assert (line["service"], line["correlation_id"], line["level"]) == ("back-test", "given-by-caller", "info")
    assert line["timestamp"].endswith("Z")


def test_libraries_log_in_the_same_form(capsys: pytest.CaptureFixture[str]):
    configure("back-test")
    logging.getLogger("some.library").warning("slow: %s", "query")

    (line,) = _lines(capsys)
    assert (line["event"], line["logger"], line["service"]) == ("slow: query", "some.library", "back-test")


def test_a_level_below_the_configured_one_is_silent(capsys: pytest.CaptureFixture[str]):
    configure("back-test", level="WARNING")
    structlog.get_logger("x").info("chatter")

    assert _lines(capsys) == []


def test_a_traceback_shows_no_local_variables(capsys: pytest.CaptureFixture[str]):
    configure("back-test")
    login = Login(email="ada@example.com", password=SecretStr("hunter2 hunter2"))
    try:
        password = login.password.get_secret_value()
        raise ValueError(len(password))
    except ValueError:
        structlog.get_logger("x").exception("failed", login=str(login))

    out = capsys.readouterr().out
    assert "ValueError" in json.loads(out)["exception"]
    assert "hunter2" not in out


async def test_a_request_is_logged_without_its_query_and_headers(capsys: pytest.CaptureFixture[str]):
    app = make_app()

    async with calling(app) as client:
        await client.get("/nowhere?token=hunter2", headers={"Authorization": "Bearer hunter2"})
        await client.get("/health")

    out = capsys.readouterr().out
    requests = [line for line in map(json.loads, out.splitlines()) if line["event"] == "request"]
    assert [(line["method"], line["path"], line["status"]) for line in requests] == [("GET", "/nowhere", 404)]
    assert "hunter2" not in out
