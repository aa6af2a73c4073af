"""`uv run dashboard ...`: uv runs a folder that has a __main__.py, so the command needs no package (docs/decisions)."""

import sys
from importlib import import_module
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])
import_module("tooling.start").start()
