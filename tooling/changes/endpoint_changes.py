"""The endpoints of two states of a contract."""

from collections.abc import Iterator

from shared.contracts.manifest import Contract, Endpoint
from shared.contracts.semver import Step
from tooling.changes import schema_changes
from tooling.changes.change import Change, Direction
from tooling.contracts.operations import anonymous

Key = tuple[str, str, str]
Found = tuple[str, str, Step, bool]


def compare(old: Contract, new: Contract) -> Iterator[Change]:
    before = _by_key(old)
    after = _by_key(new)
    for key, endpoint in before.items():
        for place, text, step, model in (
            _both(endpoint, after[key], old, new) if key in after else _gone(endpoint, before, after)
        ):
            name = f"{endpoint.key} {place}".strip()
            yield Change(new.name, endpoint.service, name, text, step, model, _callers(old, endpoint))
    for key in after.keys() - before.keys():
        yield Change(new.name, after[key].service, after[key].key, "is new", "minor")


def _by_key(contract: Contract) -> dict[Key, Endpoint]:
    return {(e.service, e.method, anonymous(e.path)): e for e in contract.endpoints}


def _callers(contract: Contract, endpoint: Endpoint) -> tuple[str, ...]:
    """Whom a change concerns: the declared `callers`; of what browsers reach, the fronts of the feature as well."""
    fronts = {each.name for each in contract.services if each.name.startswith("front-")}
    return tuple(sorted({*endpoint.callers, *(set() if endpoint.for_services else fronts)}))


def _gone(endpoint: Endpoint, before: dict[Key, Endpoint], after: dict[Key, Endpoint]) -> Iterator[Found]:
    """A removed endpoint, or the new one that looks like it."""
    fresh = [one for key, one in after.items() if key not in before]
    alike = [
        one
        for one in fresh
        if (one.request, one.response) == (endpoint.request, endpoint.response)
        and (one.method == endpoint.method or anonymous(one.path) == anonymous(endpoint.path))
    ]
    yield "", f"was moved to {alike[0].service} {alike[0].key}" if alike else "was removed", "major", False


def _both(old: Endpoint, new: Endpoint, before: Contract, after: Contract) -> Iterator[Found]:
    yield from _access(old, new)
    yield from _names("query", old.query, new.query)
    yield from _names("header", old.headers, new.headers)
    if old.idempotent != new.idempotent:
        text = "is idempotent now" if new.idempotent else "is not idempotent any more: a retry may do it twice"
        yield "", text, "minor" if new.idempotent else "major", False
    if old.max_body != new.max_body:
        text = f"{old.max_body} bytes became {new.max_body}"
        yield "max_body", text, "minor" if new.max_body > old.max_body else "major", False
    yield from _statuses(old, new)
    yield from _body("request", old.request, new.request, before, after, "request")
    for status in sorted(old.response.keys() & new.response.keys()):
        yield from _body(str(status), old.response[status], new.response[status], before, after, "response")


def _access(old: Endpoint, new: Endpoint) -> Iterator[Found]:
    if old.auth != new.auth:
        step: Step = "minor" if new.auth == "none" else "major"
        yield "auth", f"{old.auth} became {new.auth}", step, False
    before, after = (set(each.callers) if each.for_services else set[str]() for each in (old, new))
    for caller in sorted(before - after):
        yield "callers", f"{caller} is not admitted any more", "major", False
    for caller in sorted(after - before):
        yield "callers", f"{caller} is admitted now", "minor", False
    if old.permission != new.permission:
        step = "minor" if new.permission is None else "major"
        yield "permission", f"{old.permission or '(none)'} became {new.permission or '(none)'}", step, False


def _names(kind: str, old: list[str], new: list[str]) -> Iterator[Found]:
    for name in sorted(set(old) - set(new)):
        yield f"{kind} {name}", "is not read any more", "major", False
    for name in sorted(set(new) - set(old)):
        yield f"{kind} {name}", "is new", "minor", False


def _statuses(old: Endpoint, new: Endpoint) -> Iterator[Found]:
    """A success that callers do not know breaks them; an error that took another's place does, too."""
    for status in sorted(old.response.keys() ^ new.response.keys()):
        yield f"{status}", "is a new answer" if status in new.response else "is not answered any more", "major", False
    gone = sorted(set(old.errors) - set(new.errors))
    fresh = sorted(set(new.errors) - set(old.errors))
    if gone and fresh:
        yield "errors", f"{gone} became {fresh}", "major", False
    elif gone or fresh:
        yield "errors", f"{fresh} are new" if fresh else f"{gone} are gone", "minor", False


def _body(
    what: str, old: str | None, new: str | None, before: Contract, after: Contract, direction: Direction
) -> Iterator[Found]:
    one = before.schemas.get(old or "")
    other = after.schemas.get(new or "")
    if one is not None and other is not None:
        for place, text, step in schema_changes.compare(one, other, direction):
            yield f"{what}{place}", text, step, True
    elif old != new:
        step: Step = "minor" if old is None and direction == "response" else "major"
        yield what, f"{old or 'no body'} became {new or 'no body'}", step, False
