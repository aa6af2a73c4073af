"""The comparison of calls that happened with those that are declared bites, in both directions."""

import json
from pathlib import Path

import pytest

from shared.contracts.boundaries import Boundaries, Service
from shared.contracts.source import Source
from tooling.tests.making_spans import called, consumer_span, server_span
from tooling.traces import spans
from tooling.traces.calls import compare
from tooling.traces.graph import Example, calls
from tooling.traces.spans import Span

SOURCE = Source(Path("shared/contracts/boundaries.yaml"), {}, None)


def declared(**services: list[str]) -> Boundaries:
    """A declaration of these services (`_` for `-`) and their calls, and nothing else."""
    return Boundaries(
        version="1.0.0",
        services={
            name.replace("_", "-"): Service(kind="back", port=8100, does="something", calls=calls)
            for name, calls in services.items()
        },
        imports=[],
    )


READ = server_span("back-api", "GET /api/profile")
CALL = called("back-api", "back-postgres", "GET back-postgres", READ)
ROW = server_span("back-postgres", "GET /internal/profiles/{user_id}", CALL, caller="back-api")
PROFILE = [READ, CALL, ROW, called("back-postgres", "postgres", "SELECT profiles", ROW)]
AS_SEEN = declared(back_gateway=["back-api"], back_api=["back-postgres"], back_postgres=["postgres"], postgres=[])


def differences(seen: list[Span], declaration: Boundaries) -> list[str]:
    return [str(found) for found in compare(SOURCE, declaration, seen)]


def test_what_happened_as_declared_is_fine():
    assert not differences(PROFILE, AS_SEEN)


def test_an_undeclared_call_is_named_with_an_example():
    (found,) = differences([*PROFILE, called("back-api", "cassandra", "SELECT", READ)], AS_SEEN)
    assert "undeclared call back-api → cassandra, e.g. back-api GET /api/profile, correlation id request-1." in found
    assert "boundaries.yaml" in found


def test_a_declared_call_that_nobody_makes_is_named():
    more = declared(
        back_gateway=["back-api"], back_api=["back-postgres", "back-redis"], back_postgres=["postgres"], back_redis=[]
    )
    (found,) = differences(PROFILE, more)
    assert "declared call back-api → back-redis was never seen." in found


def test_a_call_of_what_runs_only_where_it_is_asked_for_need_not_happen():
    more = declared(
        back_gateway=["back-api"], back_api=["back-postgres", "jaeger"], back_postgres=["postgres"], jaeger=[]
    )
    jaeger = more.services["jaeger"].model_copy(update={"optional": True})
    assert not differences(PROFILE, more.model_copy(update={"services": more.services | {"jaeger": jaeger}}))


def test_a_call_around_the_chassis_client_is_known_by_its_token_or_its_parent():
    by_token = server_span("back-cassandra", "GET /internal/notifications/{user_id}", caller="front-public")
    by_parent = server_span("back-postgres", "GET /internal/users/{user_id}", READ)
    assert calls([*PROFILE, by_token, by_parent]).keys() - calls(PROFILE).keys() == {("front-public", "back-cassandra")}
    assert calls([READ, by_parent]).keys() >= {("back-api", "back-postgres")}


def test_what_nobody_of_us_has_sent_came_through_the_gateway():
    stranger = READ.model_copy(update={"parent_id": "of-a-stranger"})
    assert calls([stranger]) == {("back-gateway", "back-api"): Example("back-api GET /api/profile", "request-1")}


def test_work_that_is_read_from_a_queue_is_no_call_of_its_sender():
    assert not calls([consumer_span("back-workers", "billing.run", READ)])


def test_an_example_is_where_the_trace_began():
    assert calls(PROFILE)["back-postgres", "postgres"] == Example("back-api GET /api/profile", "request-1")


def test_the_line_that_is_being_written_is_left_out(tmp_path: Path):
    line = json.dumps(READ.model_dump() | {"something": "new"})
    (tmp_path / "back-api-1.jsonl").write_text(f"{line}\n{line[:40]}")
    assert spans.read(tmp_path) == [READ]


@pytest.mark.parametrize("status", ["401", "403"])
def test_who_knocks_in_vain_has_called_nobody(status: str):
    stranger = server_span("back-postgres", "GET /internal/plans", status=status)
    guest = server_span("back-postgres", "GET /internal/plans", caller="back-websockets", status=status)

    assert differences([*PROFILE, stranger, guest], AS_SEEN) == []


def test_a_service_that_was_refused_has_called_all_the_same():
    attempt = called("back-gateway", "back-postgres", "GET back-postgres")
    refused = server_span("back-postgres", "GET /internal/plans", attempt, status="403")

    (difference,) = differences([*PROFILE, attempt, refused], AS_SEEN)
    assert "undeclared call back-gateway → back-postgres" in difference
