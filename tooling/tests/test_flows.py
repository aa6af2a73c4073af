"""Spans belong to the right feature, and ways are followed over events, tasks and messages."""

from functools import cache

import pytest

from shared.contracts import boundaries
from shared.contracts.flow import Hop, hops
from shared.contracts.loader import contracts
from tooling.paths import ROOT
from tooling.tests.making_spans import called, consumer_span, producer_span, server_span
from tooling.traces.check import NotReadable, Run, check
from tooling.traces.feature_attribution import FeatureAttribution
from tooling.traces.span_tree import Node, SpanTrees
from tooling.traces.spans import Span


@cache
def owners() -> FeatureAttribution:
    return FeatureAttribution(contracts())


def nodes(*spans: Span) -> dict[Span, Node]:
    return {node.span: node for node in SpanTrees(spans, owners(), boundaries.load()).nodes}


def way(node: Node) -> str:
    return " ".join(node.way)


PAGE = server_span("front-public", "POST app/profile")
ASK = called("front-public", "back-api", "PATCH back-api", PAGE)
CHANGE = server_span("back-api", "PATCH /api/profile", ASK)
STORE = called("back-api", "back-postgres", "PATCH back-postgres", CHANGE)
ROW = server_span("back-postgres", "PATCH /internal/profiles/{user_id}", STORE)
WRITE = called("back-postgres", "postgres", "UPDATE profiles; INSERT outbox", ROW)
PUBLISHED = producer_span("back-workers", "publish profile.updated", WRITE)
TAKEN = consumer_span("back-workers", "live profile.updated", WRITE)
ANNOUNCED = producer_span("back-workers", "announce profile.updated", TAKEN)
PUBLISH = called("back-workers", "back-redis", "PUBLISH live", TAKEN)
DELIVERED = consumer_span("back-websockets", "deliver profile.updated", ANNOUNCED)
ALL = (PAGE, ASK, CHANGE, STORE, ROW, WRITE, PUBLISHED, TAKEN, ANNOUNCED, PUBLISH, DELIVERED)


def test_a_line_is_taken_apart():
    assert hops("a → b ⇢ c") == [Hop("a", "→", "b"), Hop("b", "⇢", "c")]
    assert hops("alone") == []


def test_one_way_leads_from_the_page_to_the_browser():
    seen = nodes(*ALL)
    assert way(seen[ROW]) == way(seen[WRITE]) == "front-public → back-api → back-postgres"
    last = "front-public → back-api → back-postgres ⇢ back-workers → back-redis ⇢ back-websockets"
    assert way(seen[DELIVERED]) == last
    assert seen[DELIVERED].hops == (Hop("back-redis", "⇢", "back-websockets"),)


def test_everything_on_the_way_is_the_features_but_page_and_carrier():
    features = {span: node.feature for span, node in nodes(*ALL).items()}
    assert features[PUBLISHED] == "domain-events"
    assert {features.pop(span) for span in (PAGE, ASK)} == {""}
    del features[PUBLISHED]
    assert set(features.values()) == {"profile"}


def test_another_features_consumer_is_its_own():
    registered = called("back-postgres", "postgres", "INSERT users; INSERT outbox", ROW)
    mail, bell = (
        consumer_span("back-workers", f"{group} user.registered", registered) for group in ("mail", "notifications")
    )
    seen = nodes(*ALL, registered, mail, bell)
    assert (seen[mail].feature, seen[bell].feature) == ("user-registration", "notifications")


def test_a_token_that_is_fetched_meanwhile_is_not_the_features():
    fetch = called("back-api", "back-auth", "POST back-auth", CHANGE)
    token = server_span("back-auth", "POST /internal/service-tokens", fetch)
    assert nodes(*ALL, fetch, token)[token].feature == "service-identity"


def test_a_task_goes_over_the_queue():
    start = server_span("back-api", "POST /api/billing/runs")
    send = called("back-api", "back-redis", "send billing.run", start)
    task = consumer_span("back-workers", "billing.run", send)
    seen = nodes(start, send, task)
    assert way(seen[task]) == "back-api → back-redis ⇢ back-workers"
    assert seen[task].feature == "billing"


@pytest.mark.parametrize(
    ("name", "feature"), [("sessions.revocations", "sessions"), ("nobody.work", ""), ("mail unknown.event", "")]
)
def test_work_belongs_to_the_feature_that_it_is_called_by(name: str, feature: str):
    work = consumer_span("back-api", name)
    assert nodes(work)[work].feature == feature


def test_of_named_features_only_what_their_contracts_say_is_compared() -> None:
    run = Run(ROOT, ALL)
    found = {str(one) for one in check(run, ["profile"])}
    assert any("profile.deleted" in one for one in found)
    assert found == {str(one) for one in check(run) if one.file.parent.name == "profile"}


def test_a_feature_that_is_none_is_not_compared() -> None:
    with pytest.raises(NotReadable, match="no contract is called 'gizmos'"):
        check(Run(ROOT, ALL), ["gizmos"])
