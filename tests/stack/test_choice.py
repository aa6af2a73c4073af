"""Commands about a stack find it whoever started it, also `docker compose up` by hand."""

import subprocess
from pathlib import Path

import pytest

from stack.engines import choice, docker, engine
from stack.engines.containers import Containers
from stack.errors import StackError
from stack.paths import PYTHON, ROOT
from tests.stack.test_machines import stack_command
from tests.waiting import eventually

# Answers like the docker command where compose has made the containers of the clone at $FOLDER.
DOCKER = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$1 $*" in
  "ps "*) [ -z "$FOLDER" ] || printf 'abc %s\\n' "$FOLDER" ;;
  "inspect "*) printf '/clone/docker-compose.yml,/clone/docker-compose.no-kong.yml\\n' ;;
  *" exec "*) printf '[{"role": "admin"}]\\n' ;;
esac
"""


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What docker was asked: a line a call."""
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    program.write_text(DOCKER)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("FOLDER", str(ROOT))
    monkeypatch.setenv("STACK_DIR", str(tmp_path / "stack"))
    return tmp_path / "calls"


@pytest.mark.parametrize("engine", [None, "docker", "process"])
@pytest.mark.usefixtures("calls")
def test_a_stack_that_compose_started_is_seen(engine: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine:
        monkeypatch.setenv("ENGINE", engine)
    assert isinstance(choice.current(), Containers)


def test_one_is_seen_after_a_runner_of_processes_was_killed(calls: Path) -> None:
    engine.remember("process")
    assert isinstance(choice.current(), Containers)
    assert calls.exists()


@pytest.mark.usefixtures("calls")
def test_the_stack_of_another_clone_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDER", "/another/clone")
    with pytest.raises(StackError, match="Nothing is running here"):
        choice.current()


def test_it_is_asked_with_the_files_that_it_was_made_from(calls: Path) -> None:
    assert docker.files_of("tools-dashboard", ROOT)[1:] == ["/clone/docker-compose.no-kong.yml"]
    assert stack_command("accounts").stdout == '[{"role": "admin"}]\n'
    asked = next(line for line in calls.read_text().splitlines() if " exec " in line)
    assert "-f /clone/docker-compose.yml -f /clone/docker-compose.no-kong.yml exec -T back-auth cat" in asked


def test_the_second_of_two_starts_waits_for_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACK_DIR", str(tmp_path))
    script = "from stack.engines import engine\nwith engine.one_start_at_a_time(): print('started', flush=True)"
    with engine.one_start_at_a_time():
        second = subprocess.Popen([str(PYTHON), "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert second.stderr
        assert b"another `make up` is starting this stack" in second.stderr.readline()
        assert second.poll() is None
    eventually(lambda: second.poll() == 0, "it goes on")
    assert second.stdout
    assert second.stdout.read() == b"started\n"
