"""Whoever typed `docker compose up` instead of `make up` has all the commands, too."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from stack.paths import PYTHON, ROOT


@pytest.fixture(params=["", "docker"], ids=["without ENGINE", "ENGINE=docker"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The stack's, without anything that `make up` has left behind."""
    return os.environ | {"STACK_DIR": str(tmp_path), "ENGINE": request.param}


def output_of(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [str(PYTHON), "-m", "stack", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_its_demo_accounts_are_printed(environment: dict[str, str]) -> None:
    assert {account["role"] for account in json.loads(output_of(environment, "accounts"))} == {
        "admin",
        "support",
        "user",
    }


def test_its_services_are_listed(environment: dict[str, str], containers: dict[str, str]) -> None:
    listed = {line.split()[0] for line in output_of(environment, "status").splitlines()[1:]}
    assert set(containers) <= listed


def test_its_logs_are_shown(environment: dict[str, str]) -> None:
    assert '"service":"back-auth"' in output_of(environment | {"S": "back-auth"}, "logs")
