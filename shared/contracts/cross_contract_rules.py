"""The rules between contracts, and inside boundaries.yaml."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from shared.contracts.boundaries import Boundaries
from shared.contracts.flags import each_flag_once
from shared.contracts.loader import Known
from shared.contracts.manifest import Published
from shared.contracts.source import Finding, Source
from shared.models.event_data import EVENT_DATA
from shared.models.live_data import LIVE_DATA


def each_endpoint_once(known: Known) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for source, contract in known:
        for i, endpoint in enumerate(contract.endpoints):
            first = seen.setdefault((endpoint.service, endpoint.key), contract.name)
            if first != contract.name or [e.key for e in contract.endpoints[:i] if e.service == endpoint.service].count(
                endpoint.key
            ):
                text = f"{endpoint.service}'s {endpoint.key} stands in the contract {first} already"
                yield source.finding(["endpoints", i], text, "keep one of the two")


def event_types_are_known(known: Known) -> Iterator[Finding]:
    """Each type and version is a class of `EventData`, and is published with it by one feature."""
    published = {(event.type, event.version) for _, contract in known for event in contract.events.published}
    for source, contract in known:
        for i, event in enumerate(contract.events.published):
            yield from _data_is_known(source, i, event)
    for source, _ in known[:1]:
        for kind, version in sorted(EVENT_DATA.keys() - published):
            text = f"no contract publishes {kind} of version {version}"
            yield Finding(source.path.parents[1], 1, text, "add it to its feature's events")


def _data_is_known(source: Source, i: int, event: Published) -> Iterator[Finding]:
    data = EVENT_DATA.get((event.type, event.version))
    where = ["events", "published", i]
    if data is None:
        text = f"unknown event {event.type} of version {event.version}"
        yield source.finding(
            where, text, "add its data, an EventData, to the feature's module of shared/models, or mend the name"
        )
    elif data.__name__ != event.data:
        text = f"the data of {event.type} is {data.__name__}, not {event.data}"
        yield source.finding(where, text, f"data: {data.__name__}")


def consumed_events_are_published(known: Known) -> Iterator[Finding]:
    published = {(event.type, event.version) for _, contract in known for event in contract.events.published}
    for source, contract in known:
        for i, event in enumerate(contract.events.consumed):
            if (event.type, event.version) not in published:
                text = f"nobody publishes {event.type} of version {event.version}"
                yield source.finding(["events", "consumed", i], text, "name its publisher, or mend the name")


def published_events_are_consumed(known: Known) -> Iterator[Finding]:
    """Every published event has a consumer, or a reason why not."""
    consumed = {(event.type, event.version) for _, contract in known for event in contract.events.consumed}
    for source, contract in known:
        for i, event in enumerate(contract.events.published):
            where = ["events", "published", i]
            taken = (event.type, event.version) in consumed
            if not taken and event.unconsumed is None:
                text = f"nobody takes {event.type} of version {event.version}"
                fix = "add its consumer to `events.consumed` of a feature, or say why there is none: `unconsumed: ...`"
                yield source.finding(where, text, fix)
            if taken and event.unconsumed is not None:
                text = f"{event.type} of version {event.version} has a consumer, but says `unconsumed`"
                yield source.finding([*where, "unconsumed"], text, "drop `unconsumed`")


def live_messages_are_declared(known: Known) -> Iterator[Finding]:
    """What sockets send is what a LiveMessage can be, with the same data wherever it is named."""
    data: dict[str, str] = {}
    for source, contract in known:
        for i, socket in enumerate(contract.sockets):
            for kind, name in socket.sends.items():
                where = ["sockets", i, "sends", kind]
                if kind not in LIVE_DATA:
                    yield source.finding(
                        where,
                        f"no LiveMessage has the type {kind}",
                        "add it to `LIVE_MESSAGES` of its model, or mend the name",
                    )
                elif data.setdefault(kind, name) != name:
                    yield source.finding(
                        where, f"the data of {kind} is {data[kind]} elsewhere", f"{kind}: {data[kind]}"
                    )
    for source, _ in known[:1]:
        for kind in sorted(LIVE_DATA.keys() - data.keys()):
            fix = "add it to the `sends` of its feature's socket"
            yield Finding(source.path.parents[1], 1, f"no contract has a socket that sends {kind}", fix)


def no_dependency_cycle(known: Known) -> Iterator[Finding]:
    holders: dict[tuple[str, str], list[Source]] = {}
    for source, contract in known:
        for dependent, dependency, _ in contract.ranges():
            holders.setdefault((dependent, dependency), []).append(source)
    graph: dict[str, set[str]] = {}
    for dependent, dependency in holders:
        graph.setdefault(dependent, set()).add(dependency)
    if cycle := find_cycle(graph):
        dependent, dependency = min(pairwise(cycle), key=lambda edge: len(holders[edge]))
        text = f"services depend on each other in a circle: {' → '.join(cycle)}"
        fix = f"drop the dependency of {dependent} on {dependency}"
        yield holders[dependent, dependency][0].finding(["dependencies", dependent], text, fix)


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    """A cycle of `graph` as the names on it, the first one repeated at the end; empty when there is none."""
    done: set[str] = set()

    def visit(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name in done:
            return []
        done.add(name)
        return _first(visit(after, [*trail, name]) for after in sorted(graph.get(name, ())))

    return _first(visit(name, []) for name in sorted(graph))


def _first(found: Iterable[list[str]]) -> list[str]:
    return next((cycle for cycle in found if cycle), list[str]())


def boundaries_are_consistent(source: Source, boundaries: Boundaries) -> Iterator[Finding]:
    services = boundaries.services
    ports = Counter(service.port for service in services.values())
    for name, service in services.items():
        for i, callee in enumerate(service.calls):
            if callee not in services:
                yield source.finding(
                    ["services", name, "calls", i], f"{name} calls unknown {callee!r}", "name a service"
                )
        if (service.redis is not None) != ("back-redis" in service.calls):
            text = f"{name}: `redis` rights and a call to back-redis belong together"
            yield source.finding(["services", name], text, "add the missing one or drop the other")
        if ports[service.port] > 1:
            yield source.finding(["services", name, "port"], f"port {service.port} is given twice", "choose another")


def rules_are_consistent(source: Source, boundaries: Boundaries) -> Iterator[Finding]:
    homes = {*boundaries.services, "shared"}
    names: Counter[str] = Counter()
    for group, rules in boundaries.rules().items():
        for i, rule in enumerate(rules):
            names[rule.rule] += 1
            if names[rule.rule] > 1:
                yield source.finding([group, i], f"two rules are called {rule.rule}", "rename one")
            if (rule.only is None) == (rule.never is None):
                yield source.finding([group, i], f"{rule.rule} needs `only` or `never`", "say one of the two")
            for name in rule.only or []:
                if name not in homes:
                    yield source.finding(
                        [group, i], f"{rule.rule}: unknown service {name!r}", "name a service or shared"
                    )


RULES: tuple[Callable[[Known], Iterator[Finding]], ...] = (
    each_endpoint_once,
    each_flag_once,
    event_types_are_known,
    consumed_events_are_published,
    published_events_are_consumed,
    live_messages_are_declared,
    no_dependency_cycle,
)
