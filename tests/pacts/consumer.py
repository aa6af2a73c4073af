"""What a consumer written in Python asks of a provider: tried with its real client on Pact's stand-in, and written down."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard, cast

import pytest
from pact import Pact
from pact.interaction import HttpInteraction
from pydantic import BaseModel

from shared.chassis.client import ServiceClient
from shared.models.problem import PROBLEM_JSON
from tests.pacts.examples import injected
from tests.pacts.matching import like, problem
from tooling.pacts import WRITTEN

FORM = "application/x-www-form-urlencoded"
HTTP_FIELDS = Mapping[str, str]


@dataclass(frozen=True)
class Ask:
    """A request; names in braces are those of `examples.EXAMPLES`. `content` is its body, with `content_type`, or `json`."""

    method: str
    path: str
    query: HTTP_FIELDS = field(default_factory=dict[str, str])
    headers: HTTP_FIELDS = field(default_factory=dict[str, str])
    json: Mapping[str, Any] | None = None
    content: bytes | None = None
    content_type: str = "application/json"

    def write(self, to: HttpInteraction) -> None:
        to.with_request(self.method, injected(self.path))
        for name, value in self.query.items():
            to.with_query_parameter(name, injected(value))
        for name, value in self.headers.items():
            to.with_header(name, injected(value))
        if self.json is not None:
            to.with_body({name: _injected(value) for name, value in self.json.items()}, "application/json")
        elif self.content is not None and self.content_type == FORM:
            to.with_body(self.content.decode(), FORM)
        elif self.content is not None:
            to.with_binary_body(self.content, self.content_type)


@dataclass(frozen=True)
class Answer:
    """`body` is a matcher, bytes or None."""

    status: int
    body: Any = None
    content_type: str = "application/json"

    def write(self, to: HttpInteraction) -> None:
        to.will_respond_with(self.status)
        if isinstance(self.body, bytes):
            to.with_binary_body(self.body, self.content_type)
        elif self.body is not None:
            to.with_body(self.body, self.content_type)


def ok(example: BaseModel, status: int = 200) -> Answer:
    """Whatever has the fields of `example`."""
    return Answer(status, like(example))


def refusal(status: int, current: BaseModel | None = None) -> Answer:
    """A problem; `current` is the entity in the answer to a stale version."""
    current_ = {"current": like(current)} if current else {}
    return Answer(status, problem(status, **current_), PROBLEM_JSON)


@dataclass(frozen=True)
class Interaction:
    """`given` is a provider state (tests/pacts/states). `call` on the consumer's side returns `outcome`, or raises it."""

    description: str
    given: str
    ask: Ask
    answer: Answer
    call: Callable[[ServiceClient], Awaitable[object]]
    outcome: Any = None

    async def holds(self, consumer: str, provider: str) -> None:
        """Fails when the client asks otherwise or reads the answer otherwise; adds itself to the pact when all is well."""
        pact = Pact(consumer, provider).with_specification("V4")
        interaction = pact.upon_receiving(self.description).given(self.given)
        self.ask.write(interaction)
        self.answer.write(interaction)
        with pact.serve("127.0.0.1") as stand_in:
            async with ServiceClient(provider, str(stand_in.url)) as client:
                await self._comes_out(client)
        pact.write_file(WRITTEN)

    async def _comes_out(self, client: ServiceClient) -> None:
        if _is_error(self.outcome):
            with pytest.raises(self.outcome):
                await self.call(client)
        else:
            assert await self.call(client) == self.outcome


def _is_error(outcome: object) -> TypeGuard[type[Exception]]:
    return inspect.isclass(outcome) and issubclass(outcome, Exception)


def _injected(value: Any) -> Any:
    if isinstance(value, list):
        return [_injected(item) for item in cast("list[Any]", value)]
    return injected(value) if isinstance(value, str) else value
