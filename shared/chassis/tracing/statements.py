"""The name of a statement in a span: `INSERT profiles`, the verb and the table, without any values."""

import re
from functools import cache

_WRITES = re.compile(r"\b(INSERT)\s+INTO\s+(\w+)|(?<!FOR )(?<!DO )\b(UPDATE)\s+(\w+)|\b(DELETE)\s+FROM\s+(\w+)")
_READS = re.compile(r"\bFROM\s+([a-z_]+)\b")
_INNER = re.compile(r"\([^()]*\)")


MOST_CHARACTERS = 500


@cache  # statements are constants
def text_of(statement: str) -> str:
    """On one line, without its end when it is long."""
    return " ".join(statement.split())[:MOST_CHARACTERS]


@cache  # statements are constants
def name_of(statement: str) -> str:
    """Every table that `statement` writes, else the first one that it reads, else its first word."""
    writes = [" ".join(filter(None, found.groups())) for found in _WRITES.finditer(statement)]
    if writes:
        return ", ".join(dict.fromkeys(writes))
    read = _READS.search(_outer(statement)) or _READS.search(statement)
    return f"SELECT {read[1]}" if read else statement.split(None, 1)[0]


def _outer(statement: str) -> str:
    """`statement` without the text in parentheses."""
    while (shorter := _INNER.sub(" ", statement)) != statement:
        statement = shorter
    return statement
