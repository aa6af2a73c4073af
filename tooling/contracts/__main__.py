"""`python -m tooling.contracts ...`: the same as `dashboard contracts ...`."""

from tooling.cli.contracts import app

app(prog_name="python -m tooling.contracts")
