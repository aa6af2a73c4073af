"""What happenings work with, and how a feature's module declares its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.integration.conftest import Person

Json = dict[str, Any]
Headers = Mapping[str, str]
NONE: Headers = {}


@dataclass
class Actors:
    """`person` is new and has confirmed their address. `own` are the live messages to them, `admins` those to `admin`, as they
    come."""

    api: httpx.Client
    mail: httpx.Client
    person: Person
    admin: Person
    secrets_root: Path
    own: list[Json] = field(default_factory=list[Json])
    admins: list[Json] = field(default_factory=list[Json])

    def ask(self, method: str, path: str, *, by: Person | None = None, headers: Headers = NONE, **request: Any) -> Any:
        """The answer's JSON. Fails when it is refused."""
        own = {**(by or self.person).headers, **headers}
        answer = self.api.request(method, path, headers=own, **request).raise_for_status()
        return answer.json() if answer.content else None


Happening = Callable[[Actors], None]
HAPPENINGS: list[Happening] = []
CAUSED: set[str] = set()
"""The types of events and live messages that some happening declares."""


def causes(*types: str) -> Callable[[Happening], Happening]:
    """Declares what a function makes happen, once at least."""

    def declare(happening: Happening) -> Happening:
        HAPPENINGS.append(happening)
        CAUSED.update(types)
        return happening

    return declare
