"""What must be refused by a running server: the files in attempts/, and tokens that are wrong in one respect."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).with_name("attempts")
Server = Literal["postgres", "cassandra", "back-redis"]
Model = TypeVar("Model", bound=BaseModel)
Signer = Literal["us", "stranger", "stranger with our kid", "nobody", "retired"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Attempt(Strict):
    """`tries` is a statement or a command; the server's refusal holds `says`."""

    breaks: str
    tries: str
    says: str


class Grants(Strict):
    """Every login in `who` is refused each of `attempts`, but not what it `may` do."""

    kind: str
    rule: str
    server: Server
    who: list[str]
    may: str
    attempts: list[Attempt]


class Token(Strict):
    """A valid token with these deviations: `claims` are overridden (null removes one), `cut` truncates it by n characters."""

    raw: str | None = None
    caller: str | None = None
    audience: str | None = None
    age: int = 0
    claims: dict[str, Any] = {}
    signed_by: Signer = "us"
    user: bool = False
    cut: int = 0
    padding: int = 0
    header: str = "X-Service-Token"
    path: str | None = None


class TokenAttempt(Strict):
    """The service's log holds `says`, its answer does not."""

    breaks: str
    token: Token
    says: str


class Tokens(Strict):
    """`rule` is the type of the problem with which the service refuses, under `status`."""

    kind: str
    rule: str
    status: int
    attempts: list[TokenAttempt]


class Drift(Strict):
    """`makes` runs as the server's administrator; until `undo`, the comparison reports it as `says`."""

    server: Server
    breaks: str
    makes: str
    undo: str
    says: str


class Elsewhere(Strict):
    """An attempt that the test `by` (file::function) makes."""

    kind: str
    breaks: str
    rule: str
    by: str


def grants() -> list[Grants]:
    return [each for server in ("postgres", "cassandra", "redis") for each in _read(server, Grants)]


def grant_attempts(server: Server) -> Iterator[tuple[str, Grants, Attempt]]:
    """(who, group, attempt) of each."""
    for group in grants():
        if group.server == server:
            yield from ((who, group, attempt) for who in group.who for attempt in group.attempts)


def tokens() -> list[Tokens]:
    return _read("tokens", Tokens)


def drift() -> list[Drift]:
    return _read("drift", Drift)


def elsewhere() -> list[Elsewhere]:
    return _read("elsewhere", Elsewhere)


def _read(name: str, model: type[Model]) -> list[Model]:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [model.model_validate(each) for each in data]
