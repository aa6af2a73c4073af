"""The parts of a contract that a plan may leave out and an implemented feature must have."""

from collections.abc import Callable, Iterator

from shared.contracts import flow
from shared.contracts.rules import Case
from shared.contracts.source import Finding


def contract_is_complete(case: Case) -> Iterator[Finding]:
    """What a plan may leave out, and a feature that runs must have."""
    contract = case.contract
    missing = {
        "summary": (contract.summary, "say in a sentence what people get"),
        "data_flow": (contract.data_flow, "add a line `a → b` for each way through the services"),
        "endpoints": (contract.endpoints, "add method, path, service, auth, idempotent, response of each endpoint"),
    }
    for field, (value, fix) in missing.items():
        if not value:
            yield case.source.finding([field], f"{contract.name} has no {field}", fix)
    for i, service in enumerate(contract.services):
        if not service.provides:
            text = f"nothing says what {service.name} provides"
            yield case.source.finding(["services", i], text, "add `provides: [...]`, as [UI] or [business-logic]")


def consumers_are_in_the_flow(case: Case) -> Iterator[Finding]:
    """Who takes an event stands behind a `⇢`, and who offers an endpoint or writes an event stands somewhere."""
    contract = case.contract
    hops = [hop for line in contract.data_flow for hop in flow.hops(line)]
    later = {hop.target for hop in hops if hop.arrow == flow.LATER}
    there = {name for hop in hops for name in (hop.source, hop.target)}
    if not hops:
        return  # the rule contract-is-complete says so
    for i, event in enumerate(contract.events.consumed):
        if event.service not in later:
            text = f"{event.service} takes {event.type}, but no line of data_flow leads to it"
            fix = f"add a line `... ⇢ {event.service}` to data_flow"
            yield case.source.finding(["events", "consumed", i], text, fix)
    offered = [(["endpoints", i], each.service, each.key) for i, each in enumerate(contract.endpoints)]
    offered += [
        (["events", "published", i], each.service, each.type) for i, each in enumerate(contract.events.published)
    ]
    for where, service, what in offered:
        if service not in there:
            text = f"{service} has {what}, but no line of data_flow leads through it"
            yield case.source.finding(where, text, f"add a line with {service} to data_flow")


def callers_are_dependents(case: Case) -> Iterator[Finding]:
    """A service that calls an endpoint says in which version it needs the other."""
    known = {(dependent, dependency) for dependent, dependency, _ in case.contract.ranges()}
    for i, endpoint in enumerate(case.contract.endpoints):
        for caller in endpoint.callers if endpoint.for_services else ():
            if (caller, endpoint.service) not in known:
                text = f"{caller} calls {endpoint.key} of {endpoint.service}, but does not depend on it"
                fix = f'add `- {endpoint.service}: ">=..."` below dependencies.{caller}'
                yield case.source.finding(["endpoints", i, "callers"], text, fix)


RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    contract_is_complete,
    consumers_are_in_the_flow,
    callers_are_dependents,
)
