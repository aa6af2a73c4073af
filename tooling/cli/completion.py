"""`dashboard completion SHELL`: makes `dashboard` a command of your shell, with completion."""

import sys
from enum import StrEnum

from typer._completion_shared import get_completion_script  # public as typer.completion, but not for type checkers

from tooling.paths import ROOT

NAME = "dashboard"


class Shell(StrEnum):
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(shell: Shell) -> None:
    """Print what makes `dashboard` a command of your shell, with completion of commands, options and features.

    Examples:

      eval "$(.venv/bin/python -m tooling completion bash)"

      .venv/bin/python -m tooling completion fish | source
    """
    print(script(shell))


def script(shell: Shell) -> str:
    """A function `dashboard`, and its completion, which asks this clone by its full path."""
    command = f"{sys.executable} {ROOT / NAME}"
    made = get_completion_script(prog_name=NAME, complete_var="_DASHBOARD_COMPLETE", shell=shell)
    if shell is Shell.FISH:
        asking = made.replace(f"(commandline -cp) {NAME}", f"(commandline -cp) {command}")
        return f"function {NAME}; {command} $argv; end\n{asking}"
    made = made.replace("complete_bash $1", f"complete_bash {command}").replace(
        f"complete_zsh {NAME}", f"complete_zsh {command}"
    )
    return f'{NAME}() {{ {command} "$@"; }}\n{made}'
