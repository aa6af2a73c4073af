"""The comparison of calls that happened with those that are declared bites, in both directions."""

import json
from pathlib import Path

import pytest

from shared.contracts import boundaries
from shared.contracts.boundaries import Boundaries, Service
from tooling.paths import ROOT
from tooling.traces import comparison, spans
from tooling.traces.graph import Edge, Example, calls
from tooling.traces.spans import Span


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


def server(
    service: str,
    span_id: str,
    parent_id: str = "",
    *,
    caller: str = "",
    name: str = "GET /api/profile",
    status: str = "200",
) -> Span:
    return Span(
        service=service, name=name, kind="server", trace_id="t", span_id=span_id, parent_id=parent_id, caller=caller,
        correlation_id="request-1", status=status,
    )  # fmt: skip


def client(service: str, peer: str, span_id: str, parent_id: str = "") -> Span:
    return Span(
        service=service,
        name=f"GET {peer}",
        kind="client",
        trace_id="t",
        span_id=span_id,
        parent_id=parent_id,
        peer=peer,
    )


PROFILE = [
    server("back-api", "1"),
    client("back-api", "back-postgres", "2", "1"),
    server("back-postgres", "3", "2", caller="back-api"),
    client("back-postgres", "postgres", "4", "3"),
]
AS_SEEN = declared(back_gateway=["back-api"], back_api=["back-postgres"], back_postgres=["postgres"], postgres=[])


def differences(seen: list[Span], declaration: Boundaries, **flows: list[Edge]) -> list[str]:
    return comparison.compare(calls(seen), declaration, flows)


def test_what_happened_as_declared_is_fine():
    assert not differences(PROFILE, AS_SEEN, profile=[("back-api", "back-postgres")])


def test_an_undeclared_call_is_named_with_an_example():
    (found,) = differences([*PROFILE, client("back-api", "cassandra", "5", "1")], AS_SEEN)
    assert found.startswith(
        "undeclared call back-api → cassandra, e.g. back-api GET /api/profile, correlation id request-1."
    )
    assert "boundaries.yaml" in found


def test_a_declared_call_that_nobody_makes_is_named():
    more = declared(
        back_gateway=["back-api"], back_api=["back-postgres", "back-redis"], back_postgres=["postgres"], back_redis=[]
    )
    (found,) = differences(PROFILE, more)
    assert found.startswith("declared call back-api → back-redis was never seen.")


def test_a_call_of_what_runs_only_where_it_is_asked_for_need_not_happen():
    more = declared(
        back_gateway=["back-api"], back_api=["back-postgres", "jaeger"], back_postgres=["postgres"], jaeger=[]
    )
    jaeger = more.services["jaeger"].model_copy(update={"optional": True})
    assert not differences(PROFILE, more.model_copy(update={"services": more.services | {"jaeger": jaeger}}))


def test_a_hop_of_a_data_flow_that_nobody_takes_is_named():
    (found,) = differences(PROFILE, AS_SEEN, profile=[("back-api", "back-postgres"), ("back-workers", "mail")])
    assert found.startswith("profile: the hop back-workers → mail of its data_flow was never seen.")
    assert "shared/contracts/profile/feature.yaml" in found


def test_a_call_around_the_chassis_client_is_known_by_its_token_or_its_parent():
    smuggled = [server("back-cassandra", "6", caller="front-public"), server("back-postgres", "7", "1")]
    assert calls([*PROFILE, *smuggled]).keys() - calls(PROFILE).keys() == {("front-public", "back-cassandra")}
    assert calls([PROFILE[0], server("back-postgres", "7", "1")]).keys() >= {("back-api", "back-postgres")}


def test_what_nobody_of_us_has_sent_came_through_the_gateway():
    assert calls([server("back-api", "1", "of-a-stranger")]) == {
        ("back-gateway", "back-api"): Example("back-api GET /api/profile", "request-1")
    }


def test_work_that_is_read_from_a_queue_is_no_call_of_its_sender():
    work = Span(service="back-workers", name="billing.run", kind="consumer", trace_id="t", span_id="8", parent_id="1")
    assert not calls([work])


def test_an_example_is_where_the_trace_began():
    assert calls(PROFILE)["back-postgres", "postgres"] == Example("back-api GET /api/profile", "request-1")


def test_the_line_that_is_being_written_is_left_out(tmp_path: Path):
    line = json.dumps(PROFILE[0].model_dump() | {"started": 1, "duration": 2})
    (tmp_path / "back-api-1.jsonl").write_text(f"{line}\n{line[:40]}")
    assert spans.read(tmp_path) == PROFILE[:1]


@pytest.mark.parametrize("feature", ["profile", "user-registration"])
def test_the_flows_of_our_contracts_are_declared_calls(feature: str):
    hops = comparison.read_flows(ROOT / "shared" / "contracts")[feature]
    assert hops
    assert set(hops) <= boundaries.load().edges()


@pytest.mark.parametrize("status", ["401", "403"])
def test_who_knocks_in_vain_has_called_nobody(status: str):
    stranger = server("back-postgres", "9", status=status)
    guest = server("back-postgres", "10", caller="back-websockets", status=status)

    assert differences([*PROFILE, stranger, guest], AS_SEEN) == []


def test_a_service_that_was_refused_has_called_all_the_same():
    attempt = client("back-gateway", "back-postgres", "9")
    refused = server("back-postgres", "10", "9", status="403")

    (difference,) = differences([*PROFILE, attempt, refused], AS_SEEN)
    assert difference.startswith("undeclared call back-gateway → back-postgres")
