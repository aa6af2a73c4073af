"""Completion in each shell that `dashboard completion` knows: by the shell itself where it is there, else by what it would run."""

import re
import shutil
import subprocess
import sys

import pytest

from tooling.cli.completion import NAME, Shell, script
from tooling.paths import ROOT

ASKED = {
    "dashboard feature show prof": "profile",
    "dashboard contr": "contracts",
    "dashboard contracts order bill": "billing",
}
ZSH = re.compile(r"\$\((env .*?)\)$", re.MULTILINE)
FISH = re.compile(r'--arguments "\((env .*?)\)" --condition')
needs = {
    shell: pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell} on PATH")
    for shell in ("bash", "zsh", "fish")
}


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _made_by(shell: Shell, asked: str) -> str:
    """What the command that stands in the script answers for the line `asked`; bash stands in for the shell."""
    pattern, line = {
        Shell.ZSH: (ZSH, '"${words[1,$CURRENT]}"'),
        Shell.FISH: (FISH, "(commandline -cp)"),
    }[shell]
    found = pattern.search(script(shell))
    assert found, script(shell)
    assert line in found[1]
    return _run("bash", "-c", found[1].replace(line, f"'{asked}'"))


@needs["bash"]
@pytest.mark.parametrize("shell", [Shell.ZSH, Shell.FISH])
@pytest.mark.parametrize("asked", ASKED)
def test_what_the_shell_runs_answers_with_the_rest_of_the_word(shell: Shell, asked: str):
    assert ASKED[asked] in _made_by(shell, asked)


@pytest.mark.parametrize("shell", Shell)
def test_the_script_defines_the_command_by_full_paths(shell: Shell):
    text = script(shell)

    assert f"{sys.executable} {ROOT / NAME}" in text
    assert re.search(rf"^(function )?{NAME}(\(\)|;)", text, re.MULTILINE)


@needs["zsh"]
def test_zsh_takes_it():
    assert _run("zsh", "-fc", f"autoload -U compinit; compinit -D; {script(Shell.ZSH)}; whence -w {NAME}").endswith(
        "function\n"
    )


@needs["fish"]
@pytest.mark.parametrize("asked", ASKED)
def test_fish_completes(asked: str):
    assert ASKED[asked] in _run("fish", "-Nc", f"{script(Shell.FISH)}\ncomplete -C '{asked}'")
