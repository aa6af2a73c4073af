# pyright: reportUnknownMemberType=false
"""The running servers give what boundaries.yaml declares; whatever differs is reported, with the line to change."""

from collections.abc import Callable, Iterator

import pytest

from shared.contracts.boundaries import PATH
from shared.contracts.source import Finding
from stack.native.servers import Place
from tests.violations import attempt, live_grants, logins
from tests.violations.attempt import Drift
from tests.violations.callee import Callee
from tests.violations.logins import SUPERUSER

pytestmark = pytest.mark.integration
Ask = Callable[[Place], Iterator[Finding]]
ASK: dict[str, Ask] = {
    "postgres": live_grants.postgres_findings,
    "cassandra": live_grants.cassandra_findings,
    "back-redis": live_grants.redis_findings,
}


@pytest.fixture
def places(
    postgres_server: Place, cassandra_server: Place, redis_server: Place, callees: list[Callee]
) -> dict[str, Place]:
    """Of the servers, as the services have set them up."""
    return {"postgres": postgres_server, "cassandra": cassandra_server, "back-redis": redis_server}


def _do(server: str, place: Place, words: str) -> None:
    match server:
        case "postgres":
            logins.postgres(place, SUPERUSER, words)
        case "cassandra":
            with logins.cassandra(place, SUPERUSER) as session:
                session.execute(words)
        case _:
            with logins.back_redis(place, SUPERUSER) as connection:
                connection.execute_command(*logins.command(words))


@pytest.mark.parametrize("server", ASK)
def test_a_server_gives_what_is_declared(places: dict[str, Place], server: str):
    assert list(ASK[server](places[server])) == []


@pytest.mark.parametrize("case", attempt.drift(), ids=lambda case: f"{case.server} {case.breaks}")
def test_what_differs_is_reported_with_the_line_to_change(places: dict[str, Place], case: Drift):
    place = places[case.server]
    _do(case.server, place, case.makes)
    try:
        found = list(ASK[case.server](place))
    finally:
        _do(case.server, place, case.undo)

    assert [one for one in found if case.says in one.text], found
    assert {(one.file, one.rule, one.line > 1) for one in found} == {(PATH, "grants-as-declared", True)}
    assert list(ASK[case.server](place)) == []
