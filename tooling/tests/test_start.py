"""The command itself, as a process: Ctrl-C, and pipes, disks and terminals that take less than it has to say."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tooling.paths import ROOT

COMMAND = [sys.executable, str(ROOT / "dashboard")]
INTERRUPTED = """
import os, signal, sys
sys.path.insert(0, {root!r})
signal.signal(signal.SIGINT, signal.default_int_handler)
class Interrupting:
    def find_spec(self, name, *rest):
        if name == {at!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from tooling.start import start
start()
"""
"""Sends Ctrl-C at the moment at which the module `at` is asked for, also where the tests began in the background, which ignores it."""


def _run(words: str, stdout: int = subprocess.PIPE, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words.split()],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.parametrize("at", ["tooling.cli", "typer", "tooling.boundaries", "tooling.cli.traces"])
@pytest.mark.parametrize("words", ["check", "feature show profile --json"])
def test_ctrl_c_is_answered_with_a_line_and_130(words: str, at: str):
    code = INTERRUPTED.format(root=str(ROOT), at=at)
    command = [sys.executable, "-c", code, *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "✗ stopped by Ctrl-C\n")


@pytest.mark.parametrize("words", ["boundaries graph", "boundaries graph --json", "feature show profile --json"])
def test_a_full_disk_is_one_message(words: str):
    with Path("/dev/full").open("w") as full:
        done = _run(words, full.fileno())

    assert (done.returncode, done.stderr) == (2, "✗ the answer cannot be written: No space left on device\n")


@pytest.mark.parametrize("words", ["boundaries graph", "boundaries graph --json", "feature show profile"])
def test_a_reader_that_has_seen_enough_hears_no_complaint(words: str):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = _run(words, writing)
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (1, "")


def test_a_terminal_that_lacks_letters_gets_the_rest():
    done = _run("boundaries graph", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    refused = _run("feature show nothing", PYTHONUTF8="0", PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (0, "")
    assert "front-public" in done.stdout
    assert (refused.returncode, refused.stderr.split(";")[0]) == (2, "? no contract is called 'nothing'")


def _on_a_terminal(words: str, **environment: str) -> str:
    ours, its = pty.openpty()
    try:
        _run(words, its, **({"TERM": "xterm-256color", "NO_COLOR": ""} | environment))
        return os.read(ours, 10_000).decode()
    finally:
        os.close(ours)
        os.close(its)


def test_colours_are_for_terminals_that_want_them():
    words = "contracts order profile"
    escape = "\x1b["

    assert escape not in _run("boundaries check").stdout
    assert f"{escape}1;32m" in _on_a_terminal("boundaries check")
    assert f"{escape}1;32m" not in _on_a_terminal("boundaries check", NO_COLOR="1")
    assert escape not in _on_a_terminal(words, TERM="dumb")


def test_it_works_from_any_folder(tmp_path: Path):
    done = subprocess.run([*COMMAND, "boundaries", "graph"], cwd=tmp_path, capture_output=True, check=False)

    assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("nonsense", "No such command 'nonsense'"),
        ("boundaries nonsense", "No such command 'nonsense'"),
        ("--nonsense", "No such option: --nonsense"),
        ("boundaries check --jsn", "No such option: --jsn"),
        ("feature show", "Missing argument"),
        ("feature show profile billing", "unexpected extra argument"),
        ("completion tcsh", "'tcsh' is not one of"),
    ],
)
def test_an_unknown_command_is_answered_with_the_way_to_help(words: str, says: str):
    done = _run(words, COLUMNS="200", TERMINAL_WIDTH="200")

    assert done.returncode == 2
    assert says in done.stderr
    assert "--help" in done.stderr
    assert "Traceback" not in done.stderr
