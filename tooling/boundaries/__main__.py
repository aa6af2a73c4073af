"""`python -m tooling.boundaries`: the same as `dashboard boundaries check`."""

import typer

from tooling.cli.boundaries import check

typer.run(check)
