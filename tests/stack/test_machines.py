"""Machines that are not ours: no HOME, a taken port of IPv6, a full disk, files that others could read, other line ends."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stack import caches, space
from stack.engines import ports
from stack.errors import StackError
from stack.native import servers
from stack.paths import CACHE, NODE, PYTHON, ROOT
from stack.settings import load
from stack.setup import main, steps
from stack.setup.python import UV
from stack.setup.steps import Step
from stack.topology import load as services_of
from tests.waiting import eventually


def stack_command(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What `make` runs; no sentence of it is a traceback."""
    done = subprocess.run(
        [str(PYTHON), "-m", "stack", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


class TestHome:
    """HOME cannot be written."""

    @pytest.fixture
    def environment(self) -> dict[str, str]:
        known = {"PATH": os.environ["PATH"], "HOME": "/dev/null/nobody"}
        return known | caches.settings(known)

    @pytest.mark.parametrize(
        "command",
        [[UV, "cache", "dir"], [NODE / "bin" / "npm", "config", "get", "cache"], [UV.with_name("pip"), "cache", "dir"]],
        ids=["uv", "npm", "pip"],
    )
    def test_tools_keep_what_they_fetch_below_the_clone(self, command: list[str], environment: dict[str, str]) -> None:
        place = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        assert Path(place).is_relative_to(CACHE)

    def test_what_the_environment_says_counts(self) -> None:
        given = {"XDG_CACHE_HOME": "/srv/caches", "NPM_CONFIG_CACHE": "/srv/npm"}
        assert caches.settings(given) == {}


class TestPorts:
    """Another program listens at `[::1]`, where browsers look for `localhost` first."""

    @pytest.fixture
    def taken(self) -> Generator[int]:
        try:
            other = socket.create_server(("::1", 0), family=socket.AF_INET6)
        except OSError:
            pytest.skip("this machine has no IPv6")
        with other:
            yield other.getsockname()[1]

    def test_a_taken_port_of_ipv6_is_named_with_the_setting_that_moves_it(self, taken: int) -> None:
        services = services_of(load({"PORT_OFFSET": "21000", "BACK_GATEWAY_PORT": str(taken)}))
        words = rf"Port {taken} of back-gateway is taken by \S+ \(pid {os.getpid()}\) at \[::1\]: .*BACK_GATEWAY_PORT="
        with pytest.raises(StackError, match=words):
            ports.require_free(services)


@contextmanager
def disk(folder: Path, options: str) -> Generator[None]:
    """A disk in memory at `folder`, mounted with these options."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False).returncode:
        pytest.skip("this user cannot mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


class TestDisk:
    """No room is left."""

    @pytest.fixture
    def full(self, tmp_path: Path) -> Generator[Path]:
        with disk(tmp_path / "disk", "size=1m"):
            yield tmp_path / "disk"

    def test_the_stack_is_not_begun(self, full: Path) -> None:
        done = stack_command("up", STACK_DIR=str(full), PORT_OFFSET="21000", ENGINE="process")
        assert (done.returncode, "is too full for a running stack" in done.stderr) == (1, True), done.stderr
        assert "512 MiB are needed. Free some space" in done.stderr
        assert not [path for path in full.rglob("*") if path.name in {"data", "secrets", "guard.pid"}]

    def test_tests_are_not_begun(self, full: Path) -> None:
        done = stack_command("test", TMPDIR=str(full), PART="network", ENGINE="docker")
        assert (done.returncode, "is too full for the tests' own stack" in done.stderr) == (1, True), done.stderr
        assert not list(full.rglob("tools-dashboard-stack-*"))

    def test_a_step_of_the_bootstrap_is_not_begun(self, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        begun: list[int] = []
        monkeypatch.setattr(main, "HOME", full)
        monkeypatch.setattr(steps, "CACHE", full / "cache")
        with pytest.raises(StackError, match=r"is too full for installing it: \d MiB are free, 256 MiB are needed"):
            main.perform([Step("demo", "installing it", [], [full / "output"], lambda: begun.append(1))])
        assert not begun

    def test_a_full_disk_is_reported_though_the_log_has_no_room(
        self, full: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(steps, "HOME", full)
        filling = f"open({str(full / 'big')!r}, 'wb').write(bytes(2 << 20))"
        with pytest.raises(StackError, match="The disk is full while filling it: free some space"):
            steps.execute("filling it", [sys.executable, "-c", filling])

    def test_a_folder_that_is_not_there_yet_is_on_its_parents_disk(self, full: Path) -> None:
        assert space.free(full / "a" / "b") <= 1


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "ro"):
        done = stack_command("up", STACK_DIR=str(tmp_path / "disk"), PORT_OFFSET="21000", ENGINE="process")
    assert done.returncode == 1
    assert f"{tmp_path}/disk/run cannot be used (Read-only file system): the clone must be writable" in done.stderr


def test_what_a_stack_writes_is_nobody_elses_to_read(tmp_path: Path) -> None:
    """Also where an older release has left a folder open."""
    for name in ("logs", "data/mail", "data/traces", "run"):
        (tmp_path / name).mkdir(parents=True, mode=0o755)
    environment = {"STACK_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PORT_OFFSET": "21000"}
    runner = subprocess.Popen([sys.executable, "-m", "stack.subreaper"], env=os.environ | environment, cwd=ROOT)
    try:
        eventually((tmp_path / "logs" / "secrets.log").exists, "the first service has a log")
    finally:
        runner.terminate()
        runner.wait()
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if not path.is_symlink()}
    closed = [path for path, mode in modes.items() if path.is_dir() and mode == 0o700]
    passable = [path for path, mode in modes.items() if path.is_dir() and mode == 0o711]
    assert {tmp_path / name for name in ("logs", "data/mail", "data/traces")} <= set(closed)
    assert {path for path in modes if path.is_dir()} == {*closed, *passable}
    assert not [path for path, mode in modes.items() if path.is_file() and mode & 0o077]


@pytest.mark.integration
def test_cassandra_runs_below_a_path_of_odd_letters_without_a_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    place = tmp_path / "klön's 100% odd #clone?"
    place.mkdir()
    with servers.scratch(place) as folder, servers.cassandra(folder):
        pass


def test_line_ends_are_ours_whatever_git_is_configured_to_do(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git clone")
    clone = tmp_path / "clone"
    options = ["-c", "core.autocrlf=true", "-c", "core.eol=crlf", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *options, "clone", "-q", "--depth", "1", ROOT.as_uri(), clone], check=True)
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=clone, capture_output=True, text=True, check=True)
    assert not [line for line in listed.stdout.splitlines() if "w/crlf" in line or "w/mixed" in line]
    assert (clone / "deploy/images/healthcheck.py").read_bytes().startswith(b"#!/usr/local/bin/python3 -IS\n")
