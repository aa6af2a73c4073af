"""`python -m stack.gateway`: one sentence when it refuses, a checked folder when it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stack.errors import StackError
from stack.gateway import process
from stack.ports import free_ports
from tests import trial_gateway as trial
from tests.trial_gateway import KONG_FILE

LOCAL = {f"{name.upper().replace('-', '_')}_HOST": "127.0.0.1" for name in trial.SERVICES}


def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "stack.gateway", *map(str, arguments)]
    root = KONG_FILE.parents[1]
    port, status_port = map(str, free_ports(2))
    environment = {**os.environ, **LOCAL, "PORT": port, "BACK_GATEWAY_STATUS_PORT": status_port}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.integration
def test_render_writes_a_folder_that_nginx_accepts(tmp_path: Path) -> None:
    done = run("render", KONG_FILE, tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/conf/nginx.conf").read_text("utf-8").startswith("# Rendered from kong.yml")
    process.check(tmp_path / "out")


@pytest.mark.integration
def test_a_refusal_is_one_sentence_and_leaves_the_folder_alone(tmp_path: Path) -> None:
    run("render", KONG_FILE, tmp_path / "out")
    before = (tmp_path / "out/conf/nginx.conf").read_text("utf-8")
    source = tmp_path / "kong.yml"
    source.write_text(KONG_FILE.read_text("utf-8").replace("policy: local", "policy: redis"), "utf-8")
    done = run("render", source, tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"{source}: services[0].routes[1].plugins[0].config.policy: 'redis' cannot be rendered"
    )
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "out/conf/nginx.conf").read_text("utf-8") == before


@pytest.mark.integration
def test_what_nginx_says_is_passed_on(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/nginx.conf").write_text("events {}\nnonsense on;\n", "utf-8")
    with pytest.raises(StackError, match=r'nginx refuses .*: unknown directive "nonsense" in .*nginx.conf:2'):
        process.check(tmp_path)


def test_a_reload_needs_a_running_gateway(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="No gateway runs from"):
        process.reload(tmp_path)
