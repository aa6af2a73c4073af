"""`python -m tooling ...`: the same as `uv run dashboard ...`."""

from tooling.start import start

start()
