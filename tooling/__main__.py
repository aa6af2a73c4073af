"""`python -m tooling ...`: the same as `uv run dashboard ...`."""

from tooling.cli import main

main()
