"""Compose's own `${VAR}`, `${VAR:-default}`, `${VAR-default}`, `${VAR:?message}` and `$$`, on a parsed file."""

import re
from collections.abc import Mapping
from typing import Any

from stack.errors import StackError

REFERENCE = re.compile(r"\$(?:(\$)|\{(\w+)(?:(:?[-?])([^}]*))?\}|(\w+))")
PORT_DEFAULT = re.compile(r"\$\{(\w+?)(?:_PUBLISHED)?_PORT:-(\d+)\}")


def interpolate(value: Any, variables: Mapping[str, str]) -> Any:
    """The value with every reference in its strings replaced; keys stay as they are, as in compose."""
    if isinstance(value, str):
        return REFERENCE.sub(lambda match: _replace(match, variables), value)
    if isinstance(value, dict):
        return {key: interpolate(item, variables) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [interpolate(item, variables) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def _replace(match: re.Match[str], variables: Mapping[str, str]) -> str:
    escaped, braced, operator, argument, bare = match.groups()
    if escaped:
        return "$"
    value = variables.get(braced or bare)
    if not operator:
        return value or ""
    absent = not value if operator.startswith(":") else value is None
    if not absent:
        return value or ""
    if operator.endswith("?"):
        raise StackError(f"Setting {braced} is missing: {argument or 'it has no default'}.")
    return argument


def variables(text: str) -> set[str]:
    """The names of all variables in the file."""
    return {match.group(2) or match.group(5) for match in REFERENCE.finditer(text)} - {None}


def default_ports(text: str) -> dict[str, int]:
    """`X` → port on this machine, for each X_PUBLISHED_PORT (else X_PORT) with a default in the file."""
    found = list(PORT_DEFAULT.finditer(text))
    inside = {match.group(1): int(match.group(2)) for match in found if "_PUBLISHED_" not in match.group()}
    return inside | {match.group(1): int(match.group(2)) for match in found if "_PUBLISHED_" in match.group()}
