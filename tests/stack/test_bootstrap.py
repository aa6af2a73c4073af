"""The bootstrap's steps run once, and each misfortune is one sentence."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from stack.errors import StackError, explain
from stack.paths import ROOT
from stack.setup import main, steps
from stack.setup.steps import Step
from tests.waiting import PATIENCE_SECONDS, eventually


def test_a_wrong_python_gets_a_sentence(tmp_path: Path):
    fake = tmp_path / "old.py"
    source = (ROOT / "stack" / "bootstrap.py").read_text()
    fake.write_text(f"import sys\nsys.version_info = (3, 8, 2, 'final', 0)\n{source.split('sys.path.insert')[0]}")
    done = subprocess.run([sys.executable, str(fake)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Tools Dashboard needs Python 3.11 to 3.14, but `python3` is Python 3.8 here")
    assert "Traceback" not in done.stderr


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "HOME", tmp_path)
    monkeypatch.setattr(steps, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(main, "HOME", tmp_path)
    return tmp_path


def test_a_step_runs_again_only_when_its_inputs_change_or_its_output_is_gone(home: Path):
    lock = home / "lock"
    output = home / "output"
    lock.write_text("1")
    step = Step("demo", "doing it", [lock], [output], output.touch)
    assert not step.is_done()
    step.perform()
    assert step.is_done()
    lock.write_text("2")
    assert not step.is_done()
    step.perform()
    output.unlink()
    assert not step.is_done()


def test_a_second_command_waits_for_the_first_and_finds_the_work_done(home: Path, capfd: pytest.CaptureFixture[str]):
    output = home / "output"
    go_on = Event()
    runs = list[int]()

    def install() -> None:
        runs.append(1)
        assert go_on.wait(PATIENCE_SECONDS)
        output.touch()

    step = Step("demo", "doing it", [], [output], install)
    with ThreadPoolExecutor(2) as commands:
        both = [commands.submit(main.perform, [step]) for _ in range(2)]
        eventually(lambda: "waiting for it" in capfd.readouterr().out, "the second says that it waits")
        go_on.set()
    assert [command.result() for command in both] == [None, None]
    assert len(runs) == 1


def test_a_failing_tool_is_one_sentence_with_its_log(home: Path):
    with pytest.raises(StackError, match=r"Doing it failed \(no such thing\): the whole output is in .*log"):
        steps.execute("doing it", [sys.executable, "-c", "raise SystemExit('no such thing')"])


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("write error: No space left on device", "The disk is full while installing: free some space"),
        (
            "npm error code ENOTFOUND",
            "A download failed while installing (npm error code ENOTFOUND): check the network",
        ),
        ("boom", "Installing failed (boom): the whole output is in x.log."),
    ],
)
def test_misfortunes_have_words(output: str, words: str):
    assert explain("installing", output, "x.log").startswith(words)
