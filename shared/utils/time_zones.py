"""IANA time zones of the package `tzdata`, so that every machine and every service knows the same ones.

Neither the names nor the rules come from the machine's own files, whose `localtime`, `posix/...` and age differ.
"""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

NAMES = frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()) - {"Factory"}
"""Zones and links, those of older spelling (`Asia/Calcutta`) among them."""


@cache
def zone_of(name: str) -> ZoneInfo:
    """The rules of the zone `name`. Raises KeyError when it is none of `NAMES`."""
    if name not in NAMES:
        raise KeyError(name)
    with files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
