"""The form of `shared/contracts/{feature}/feature.yaml`, published as feature.schema.json."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts import flow, ranges

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Range = Annotated[str, AfterValidator(ranges.check_range)]
Sentence = Annotated[str, StringConstraints(min_length=10)]
Status = Annotated[int, Field(ge=200, le=599)]


DEFAULT_MAX_BODY = 64 * 1024
"""Bytes: what an endpoint reads of a request body unless its contract says otherwise."""
LARGEST_BODY = 4 * 1024 * 1024
MAX_FLAG_NAME = 60


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Participant(Strict):
    """A service that the feature needs and what it `provides`; `version` is the oldest one that will do.

    What a service's version is stands in its `VERSION` alone.
    """

    name: Name
    version: Version | None = None
    provides: list[str] = []


class Endpoint(Strict):
    """`auth`: none, a user's access token, internal (a service's token), or client (a service's id and secret).

    `callers` are the services that an internal or client endpoint admits (neither passes the gateway), or of one with auth
    none those that call it beside everybody else.
    `request` and the values of `response` name a schema, or a media type (`image/webp`), or are null for no body;
    `idempotent` says that sending it twice is the same as once; `errors` are problem statuses beside 500.
    `max_body` is the largest request body in bytes: chassis and gateway refuse a larger one with 413 before it is parsed.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str = Field(pattern=r"^/")
    service: Name
    auth: Literal["none", "user", "internal", "client"]
    callers: list[Name] = []
    permission: str | None = Field(default=None, pattern=r"^[a-z-]+:[a-z-]+$")
    idempotent: bool
    query: list[str] = []
    headers: list[str] = []
    request: str | None = None
    max_body: int = Field(default=DEFAULT_MAX_BODY, ge=1, le=LARGEST_BODY)
    response: dict[Status, str | None] = Field(min_length=1)
    errors: list[Status] = []

    @property
    def key(self) -> str:
        """`METHOD /path`, as messages name it."""
        return f"{self.method} {self.path}"

    @property
    def for_services(self) -> bool:
        """Whether it is for services only."""
        return self.auth in ("internal", "client")


class Page(Strict):
    """A page of a front: `path` as its routes write it (`/traces/:correlationId`), whom it lets in, and which endpoints it `calls`."""

    path: str = Field(pattern=r"^/")
    front: Name
    auth: Literal["none", "user"] = "user"
    permission: str | None = Field(default=None, pattern=r"^[a-z-]+:[a-z-]+$")
    calls: list[str] = []


class Socket(Strict):
    """A WebSocket or an event stream: what it sends (schemas) and the codes with which it closes."""

    path: str = Field(pattern=r"^/ws/")
    service: Name
    kind: Literal["websocket", "event_stream"] = "websocket"
    auth: Literal["user"]
    query: list[str] = []
    sends: dict[str, str]
    close_codes: dict[int, Sentence]


class Channel(Strict):
    """What services send each other through back-redis beside the streams of events: a stream, or pub/sub, which is not stored.

    `address` may hold a `{parameter}`. `message` names the schema of an entry's fields; `Event` where events travel, and
    `LiveMessage` where what sockets send does.
    """

    address: str = Field(pattern=r"^[a-z]+(:[a-z]+|:\{[a-z]+\})+$")
    kind: Literal["stream", "pubsub"]
    message: str
    sends: list[Name] = Field(min_length=1)
    receives: list[Name] = Field(min_length=1)
    purpose: Sentence

    @property
    def services(self) -> list[str]:
        """Who sends, then who receives."""
        return self.sends + self.receives


class Published(Strict):
    """`service` writes it (to the outbox or a stream); `data` names the schema of the envelope's `data` in this `version`.

    One that nobody takes says why in `unconsumed`.
    """

    type: str
    version: int = Field(default=1, ge=1)
    service: Name
    data: str
    unconsumed: Sentence | None = None


class Consumed(Strict):
    """`consumer` is the consumer group of `service`; `effect` says what happens, once, whatever fails.

    An event of a version that a group does not name is parked for it.
    """

    type: str
    version: int = Field(default=1, ge=1)
    service: Name
    consumer: Name
    effect: Sentence


class Events(Strict):
    published: list[Published] = []
    consumed: list[Consumed] = []


class FeatureFlag(Strict):
    """The flag that a feature is behind; the loaders answer as if the feature were not there while it is off.

    `default` holds while nothing is stored of the flag, or the store was never reached. `owner` is the team that
    removes the flag; from `expires_on` on (a day) reports call it stale.
    """

    name: Name = Field(max_length=MAX_FLAG_NAME)
    default: bool
    owner: Name
    expires_on: date


class Contract(Strict):
    """One feature across its services. `data_flow` lines read `a → b ⇢ c` (`flow.py`); `degradation` says what the user sees
    while a service is down; `schemas` stand in `schemas.yaml`, generated from shared.models (`loader.py` reads both).

    A plan may be as short as the guide's examples. The rule contract-is-complete names what is missing: a to-do until
    a service implements the feature (`planned.py`), required from then on.
    """

    name: Name
    version: Version
    type: Literal["cross-service"]
    summary: Sentence | None = None
    services: list[Participant] = Field(min_length=1)
    data_flow: list[str] = []
    dependencies: dict[Name, Range | list[dict[Name, Range]]] = {}
    feature_flag: FeatureFlag | None = None
    degradation: dict[Name, Sentence] = {}
    endpoints: list[Endpoint] = []
    pages: list[Page] = []
    sockets: list[Socket] = []
    channels: list[Channel] = []
    events: Events = Events()
    examples: dict[str, list[dict[str, Any]]] = {}
    schemas: dict[str, dict[str, Any]] = {}

    def edges(self) -> set[tuple[str, str]]:
        """The calls that `data_flow` names, as (caller, callee)."""
        hops = [hop for line in self.data_flow for hop in flow.hops(line)]
        return {(hop.source, hop.target) for hop in hops if hop.arrow == flow.CALL}

    def ranges(self) -> list[tuple[str, str, str]]:
        """`dependencies` as (dependent, dependency, range); `shared: ">=1.0.0"` counts for the whole feature."""
        found: list[tuple[str, str, str]] = []
        for dependent, range_ in self.dependencies.items():
            if isinstance(range_, str):
                found.append((self.name, dependent, range_))
            else:
                found += [(dependent, name, range_) for entry in range_ for name, range_ in entry.items()]
        return found

    def named_schemas(self) -> list[str]:
        """The schemas that endpoints, sockets, channels and events refer to, in the order of their first use."""
        names: list[str | None] = []
        for endpoint in self.endpoints:
            names += [endpoint.request, *endpoint.response.values()]
        names += [name for socket in self.sockets for name in socket.sends.values()]
        names += [channel.message for channel in self.channels]
        names += [event.data for event in self.events.published]
        return list(dict.fromkeys(name for name in names if name and "/" not in name))
