"""The command line of the person who adds a feature. What it prints is found by functions of the packages beside it."""

import typer
from typer._completion_classes import completion_init

from tooling.cli import boundaries, contracts, feature, feature_remove, field, flags, traces
from tooling.cli.check import check
from tooling.cli.completion import NAME, completion

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="""Boundaries and contracts of the Tools Dashboard, upheld by a machine.

    Exit codes: 0 nothing found, 1 something found, 2 cannot be checked. `--json` on each command answers programs.

    Start with:  dashboard check  ·  dashboard boundaries graph  ·  dashboard feature show profile  ·  dashboard feature new NAME
    """,
)
app.add_typer(boundaries.app, name="boundaries")
app.add_typer(contracts.app, name="contracts")
feature.app.command()(feature_remove.remove)
app.add_typer(feature.app, name="feature")
app.add_typer(field.app, name="field")
app.add_typer(flags.app, name="flags")
app.add_typer(traces.app, name="traces")
app.command()(check)
app.command()(completion)


def main() -> None:
    """Runs the command line as `dashboard`, and answers a shell that asks for completions."""
    completion_init()
    app(prog_name=NAME)
