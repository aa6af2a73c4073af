"""No body costs more than it may: each operation of each service refuses what is too large, and keeps its list of errors short."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from shared.contracts.loader import contracts
from tests.contracts.bodies.inside import ACCEPTED, Answer
from tooling.paths import ROOT

MOST_BYTES = 16 * 1024
MOST_MILLISECONDS = 50
SECONDS = 300
SERVICES = sorted({endpoint.service for contract in contracts() for endpoint in contract.endpoints})


@cache
def _answers(service: str, folder: Path) -> list[Answer]:
    """What `service` answered, in a process of its own, since services shadow each other's modules."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "tests.contracts.bodies.inside", str(folder), service],
        cwd=ROOT,
        env=os.environ | {"SECRETS_DIR": str(folder), "PYTHONPATH": str(ROOT)},
        timeout=SECONDS,
        check=True,
    )
    answers = (folder / f"{service}.answers.json").read_text(encoding="utf-8")
    return [Answer(**answer) for answer in json.loads(answers)]


@pytest.fixture(params=SERVICES)
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    return _answers(request.param, tmp_path_factory.getbasetemp() / request.param)


def test_a_body_that_is_too_large_is_refused_by_its_size(answers: list[Answer]):
    too_large = [answer for answer in answers if answer.case in ("one byte too many", "3.3 MB of unknown names")]

    assert [answer for answer in too_large if answer.status != 413] == []
    assert too_large


def test_a_refusal_is_small_and_cheap(answers: list[Answer]):
    refused = [answer for answer in answers if answer.status != ACCEPTED]

    assert [answer for answer in refused if answer.status not in (400, 401, 413, 415, 422)] == []
    assert [answer for answer in refused if answer.size > MOST_BYTES] == []
    assert [answer for answer in answers if answer.milliseconds > MOST_MILLISECONDS] == []


def test_the_front_reads_a_picture_as_large_as_back_api_does():
    endpoints = [endpoint for contract in contracts() for endpoint in contract.endpoints]
    (limit,) = [each.max_body for each in endpoints if each.key == "PUT /api/profile/avatar"]

    assert f'"/app/profile": {limit:_} ' in (ROOT / "front-public/app/server.ts").read_text(encoding="utf-8")
