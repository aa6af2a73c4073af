"""Which feature a span belongs to: the one whose endpoint, consumer, message or work it is, else the one of its parent.

- An endpoint for people belongs to the feature of its contract, and so does one that a service asks with its secret: tokens
  are fetched whenever they have run out, whatever is being done.
- Another internal endpoint belongs to whatever it is called for; to its own contract where a service calls it by itself.
- A consumer is `<group> <event type>`, a message to a browser `deliver <message type>`; contracts name both.
- Work that nobody waits for, a task or a loop, is called `<feature>.<what>`.
- The relay's `publish` in the trace of an event's writer belongs to the feature that carries events.
"""

from collections.abc import Iterable, Iterator

from shared.contracts.manifest import Contract
from tooling.traces.spans import Span

CARRIER = "domain-events"
DELIVER = "deliver"
PUBLISH = "publish"
Key = tuple[str, str]
"""A service and the name of one of its spans."""


class FeatureAttribution:
    """What the contracts say about the names of spans."""

    def __init__(self, contracts: Iterable[Contract]) -> None:
        known = list(contracts)
        self.features = {contract.name for contract in known}
        self._open = {(e.service, e.key): c.name for c in known for e in c.endpoints if e.auth != "internal"}
        self._internal = {(e.service, e.key): c.name for c in known for e in c.endpoints if e.auth == "internal"}
        self._work = dict(pair for contract in known for pair in _work(contract))

    def feature_of(self, span: Span, parent: Span | None, inherited: str) -> str:
        """The feature of `span` below one of `inherited`; empty when it is nobody's."""
        key = span.service, span.name
        if span.kind == "server":
            return self._open.get(key) or self._work.get(key) or inherited or self._internal.get(key, "")
        if span.kind == "consumer":
            return self._work.get(_first_type(key)) or self.feature_of_work(span.name) or inherited
        if span.kind == "producer" and parent and parent.service != span.service:
            return CARRIER
        return inherited

    def feature_of_work(self, name: str) -> str:
        """The feature that the name of a task or a loop begins with."""
        feature = name.partition(".")[0]
        return feature if feature in self.features and " " not in name else ""


def _work(contract: Contract) -> Iterator[tuple[Key, str]]:
    for event in contract.events.consumed:
        yield (event.service, f"{event.consumer} {event.type}"), contract.name
    for socket in contract.sockets:
        if socket.path.endswith(f"/{contract.name}"):
            yield (socket.service, f"WS {socket.path}"), contract.name
        for message in socket.sends:
            yield (socket.service, f"{DELIVER} {message}"), contract.name


def _first_type(key: Key) -> Key:
    """A batch names all the types in it; one consumer's types are of one feature or the batch has only one."""
    service, name = key
    return service, " ".join(name.split(" ")[:2])
