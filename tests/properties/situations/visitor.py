"""What situations are made of: the running system as somebody finds it, and how a feature's module declares its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.integration.conftest import Person


@dataclass(frozen=True)
class Fitting:
    """Parts of a request that meet something which is there; the rest is as the example has it.

    `body` replaces the whole body, `fields` single ones of it.
    """

    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Any = None
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    media_type: str = "application/json"


@dataclass(frozen=True)
class Visitor:
    """The running system as `person`, who is new, finds it through the gateway."""

    api: httpx.Client
    person: Person
    admin: Person

    def ask(
        self, method: str, path: str, by: Person | None = None, headers: Mapping[str, str] | None = None, **request: Any
    ) -> Any:
        """Prepares something; that it was there already does not matter."""
        own = {**(by or self.person).headers, **(headers or {})}
        answer = self.api.request(method, path, headers=own, **request)
        return answer.json() if answer.content else None

    def user_id(self, person: Person | None = None) -> str:
        return self.ask("GET", "/api/me", person)["user"]["id"]


Prepare = Callable[[Visitor], Fitting]
Bound = tuple[str, str, Any]
"""Part of the request, name, value."""
FITTING: dict[str, Prepare] = {}
BOUNDS: dict[str, list[Bound]] = {}
EXCUSED: dict[str, str] = {}
ADMINISTRATORS_ALONE: set[str] = set()


def situation(*operations: str) -> Callable[[Prepare], Prepare]:
    """Declares what each of `operations` (`GET /api/profile`) finds, instead of the ordinary (`ordinary.py`)."""

    def declare(prepare: Prepare) -> Prepare:
        for operation in operations:
            assert operation not in FITTING, f"two situations of {operation}"
            FITTING[operation] = prepare
        return prepare

    return declare


def always(operation: str, part: str, **values: Any) -> None:
    """Declares what `operation` is always sent in the `part` (body, query) of its request, so that it does no harm."""
    BOUNDS.setdefault(operation, []).extend((part, name.removesuffix("_"), value) for name, value in values.items())


def excuse(why: str, *operations: str) -> None:
    """Declares that `operations` need not succeed; that what they answer is documented holds all the same."""
    EXCUSED.update(dict.fromkeys(operations, why))


def for_administrators_alone(operation: str) -> None:
    """Declares that a person without any permission meets nothing at `operation`."""
    ADMINISTRATORS_ALONE.add(operation)
