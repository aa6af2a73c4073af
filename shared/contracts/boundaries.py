"""The form of boundaries.yaml, and reading it."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

PATH = Path(__file__).with_name("boundaries.yaml")
Kind = Literal["front", "gateway", "back", "repository", "store", "stand-in"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RedisRights(Strict):
    """One ACL user: key patterns it may write, patterns it may only read, channels, command rules."""

    keys: list[str]
    read_keys: list[str]
    channels: list[str]
    commands: list[str]

    def writes(self, key: str) -> bool:
        return _matches(key, self.keys)

    def reads(self, key: str) -> bool:
        return _matches(key, self.keys + self.read_keys)

    def hears(self, channel: str) -> bool:
        """It may publish to it as well: Redis does not distinguish the two."""
        return _matches(channel, self.channels)


class Role(Strict):
    """A login of the service's own store: what it `may` with each table, with some `tables` instead, and with sequences.

    The `owner` makes, alters and drops tables, and may do everything with them.
    """

    may: list[str] = []
    tables: dict[str, list[str]] = {}
    sequences: list[str] = []
    owner: bool = False

    def rights(self, table: str) -> frozenset[str]:
        """In lower case, as they are declared."""
        return frozenset(self.tables.get(table, self.may))


class Service(Strict):
    kind: Kind
    port: int = Field(ge=1, le=65535)
    does: str
    calls: list[str]
    redis: RedisRights | None = None
    roles: dict[str, Role] = {}
    optional: bool = False
    """It runs only where somebody asks for it."""


class Rule(Strict):
    """`only` names the services (or `shared`) that may; `never` are path patterns where it must not stand."""

    rule: str = Field(pattern=r"^[a-z][a-z-]*$")
    why: str
    instead: str
    only: list[str] | None = None
    never: list[str] | None = None
    unless: list[str] = []


class ImportRule(Rule):
    """`modules` are modules, packages or symbols of modules."""

    modules: list[str] = Field(min_length=1)


class TextRule(Rule):
    """`patterns` are regular expressions of what must not be written."""

    patterns: list[str] = Field(min_length=1)


class Boundaries(Strict):
    """The services, who may call whom, and what only one of them may do."""

    version: str
    services: dict[str, Service]
    imports: list[ImportRule]
    texts: list[TextRule] = []
    code: list[TextRule] = []
    sql: list[TextRule] = []
    front_imports: list[ImportRule] = []
    front_texts: list[TextRule] = []

    def edges(self) -> set[tuple[str, str]]:
        """Every declared call, as (caller, callee)."""
        return {(name, callee) for name, service in self.services.items() for callee in service.calls}

    def rules(self) -> dict[str, Sequence[Rule]]:
        """Every rule, by the key under which it stands."""
        return {
            "imports": self.imports,
            "texts": self.texts,
            "code": self.code,
            "sql": self.sql,
            "front_imports": self.front_imports,
            "front_texts": self.front_texts,
        }

    def in_repository(self) -> dict[str, Service]:
        """The services whose code is ours: they have a folder of their name."""
        return {name: service for name, service in self.services.items() if name.startswith(("back-", "front-"))}


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@cache
def load(path: Path = PATH) -> Boundaries:
    """The declaration at `path`.

    Raises:
        yaml.YAMLError, pydantic.ValidationError: it is not well-formed.
    """
    return Boundaries.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
