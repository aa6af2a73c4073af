"""The names that a new feature or entity must not bear, since something in the tree is called so."""

import re
from pathlib import Path

_TABLE = re.compile(r"CREATE (?:UNLOGGED )?(?:TABLE|VIEW) (?:IF NOT EXISTS )?(\w+)", re.IGNORECASE)
_COLUMNS = ("back-*/features/*", "front-*/app/features/*", "shared/contracts/*")
_MODULES = ("shared/models/*.py", "back-postgres/routes/*.py", "back-cassandra/routes/*.py", "shared/*", "*")


def names(root: Path) -> set[str]:
    """Of features, models, routes, tables and folders below `root`, with hyphens and with underscores."""
    folders = {path.name for pattern in _COLUMNS for path in root.glob(pattern) if path.is_dir()}
    modules = {path.stem for pattern in _MODULES for path in root.glob(pattern)}
    migrations = root.glob("back-*/migrations/*.*ql")
    tables = {name for path in migrations for name in _TABLE.findall(path.read_text("utf-8"))}
    found = folders | modules | tables
    return {name.replace("_", "-") for name in found} | {name.replace("-", "_") for name in found}
