"""A diagram shows what happened, and the noise of a run does not change it."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import boundaries
from shared.contracts.loader import contracts
from tooling.tests.making_spans import called, consumer_span, producer_span, server_span
from tooling.traces.diagrams.drawing import UNTRIED, drawn
from tooling.traces.diagrams.order import collapse_repeats, in_order, usual
from tooling.traces.diagrams.pages import NOT_OBSERVED, compare, page_of, unobserved
from tooling.traces.feature_attribution import FeatureAttribution
from tooling.traces.span_tree import Node, SpanTrees
from tooling.traces.spans import Span

OWNERS = FeatureAttribution(contracts())


def diagram(name: str, *spans: Span) -> list[str]:
    """The lines between the fences, without the participants."""
    trees = SpanTrees(spans, OWNERS, boundaries.load())
    text = drawn([node for node in trees.nodes if node.span.name == name], trees)
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    return [line for line in lines if not line.startswith(("participant ", "actor "))]


def test_what_stands_stays_while_it_usually_happens_and_goes_once_it_does_not() -> None:
    short = server_span("back-api", "GET /api/plans")
    long = server_span("back-api", "GET /api/plans")
    spans = [short, long, called("back-api", "back-redis", "GET plans", long)]
    trees = SpanTrees(spans, OWNERS, boundaries.load())
    begun = [node for node in trees.nodes if node.span.name == "GET /api/plans"]
    fresh = drawn(begun, trees)
    (standing,) = {drawn([node], trees) for node in begun} - {fresh}
    assert drawn(begun, trees, standing) == standing
    assert drawn(begun, trees, standing.replace("200", "204")) == fresh


@pytest.mark.parametrize(("often", "are_usual"), [(4, ["a", "b"]), (5, ["a"])])
def test_a_drawing_is_usual_from_a_quarter_of_the_most_common_one_on(often: int, are_usual: list[str]) -> None:
    assert usual([("a",)] * often + [("b",)]) == [(name,) for name in are_usual]


def changed() -> list[Span]:
    """A profile that is changed on a page, up to the browser."""
    page = server_span("front-public", "POST app/profile")
    change = server_span("back-api", "PATCH /api/profile", called("front-public", "back-api", "PATCH back-api", page))
    ask = called("front-public", "back-api", "PATCH back-api", page).model_copy(update={"span_id": change.parent_id})
    store = called("back-api", "back-postgres", "PATCH back-postgres", change)
    row = server_span("back-postgres", "PATCH /internal/profiles/{user_id}", store)
    write = called("back-postgres", "postgres", "UPDATE profiles; INSERT outbox", row)
    taken = consumer_span("back-workers", "live profile.updated", write)
    announced = producer_span("back-workers", "announce profile.updated", taken)
    return [
        page, ask, change, store, row, write, taken, announced,
        producer_span("back-workers", "publish profile.updated", write),
        called("back-workers", "back-redis", "PUBLISH live", taken),
        consumer_span("back-websockets", "deliver profile.updated", announced),
    ]  # fmt: skip


def test_a_click_is_followed_to_the_row_and_back_to_the_browser():
    assert diagram("PATCH /api/profile", *changed()) == [
        "browser->>front-public: POST /app/profile",
        "front-public->>back-api: PATCH /api/profile",
        "back-api->>back-postgres: PATCH /internal/profiles/{user_id}",
        "Note over back-postgres: UPDATE profiles<br/>INSERT outbox",
        "back-postgres-->>back-api: 200",
        "back-api-->>front-public: 200",
        "front-public-->>browser: page",
        "back-postgres--)back-workers: outbox profile.updated",
        "back-workers--)back-redis: stream profile.updated",
        "back-redis--)back-workers: live profile.updated",
        "back-workers->>back-redis: PUBLISH live",
        "back-redis--)back-websockets: profile.updated",
        "back-websockets--)browser: profile.updated",
    ]


def test_a_run_with_more_of_the_same_draws_the_same():
    assert diagram("PATCH /api/profile", *changed(), *changed()) == diagram("PATCH /api/profile", *changed())


def test_a_batch_with_other_types_is_drawn_as_if_the_event_had_come_alone():
    batch = [
        span.model_copy(update={"name": "live profile.created profile.updated"})
        if span.name == "live profile.updated"
        else span
        for span in changed()
    ]
    assert diagram("PATCH /api/profile", *batch) == diagram("PATCH /api/profile", *changed())


def audited(spans: list[Span]) -> list[Span]:
    """What the audit log does of the same event."""
    taken = consumer_span("back-workers", "audit profile.updated", spans[5])
    call = called("back-workers", "back-cassandra", "POST back-cassandra", taken)
    exchange = server_span("back-cassandra", "POST /internal/audit", call, status="204")
    return [taken, call, exchange, called("back-cassandra", "cassandra", "INSERT audit_log", exchange)]


def whole() -> list[Span]:
    return [*(spans := changed()), *audited(spans)]


def test_who_took_an_event_in_a_batch_of_another_trace_is_drawn_all_the_same():
    """A batch stands in the trace of its first event alone; under load most events come in batches."""
    by_an_api_client = [span for span in whole() if not span.service.startswith("front-")]
    assert diagram("PATCH /api/profile", *changed(), *by_an_api_client) == diagram("PATCH /api/profile", *whole())


def test_a_consumer_after_another_cause_is_drawn_where_this_cause_has_none():
    renamed = [
        span.model_copy(update={"name": span.name.replace("PATCH /api/profile", "PUT /api/profile/avatar")})
        for span in whole()
    ]
    assert diagram("PATCH /api/profile", *changed(), *renamed) == diagram("PATCH /api/profile", *whole())


def test_an_attempt_that_failed_later_does_not_hide_the_one_that_went_well():
    spans = whole()
    failed = consumer_span("back-workers", "audit profile.updated", spans[5]).model_copy(update={"status": "error"})
    assert diagram("PATCH /api/profile", *spans, failed) == diagram("PATCH /api/profile", *whole())


LATER = ("consumer", "producer")


@given(chaos=st.randoms(use_true_random=False))
def test_neither_the_order_of_spans_nor_the_time_of_what_happens_later_changes_it(chaos: Random):
    """As on a loaded machine: whatever nobody waits for comes when it comes, and takes as long as it takes."""
    spans = [*(calm := whole()), *whole()]
    moved = [
        span.model_copy(update={"started": chaos.randrange(10**6), "duration": chaos.randrange(10**6)})
        if span.kind in LATER
        else span.model_copy(update={"duration": chaos.randrange(10)})
        for span in spans
    ]
    chaos.shuffle(moved)
    assert diagram("PATCH /api/profile", *moved) == diagram("PATCH /api/profile", *calm)


def test_what_happens_later_does_not_put_calls_out_of_their_order():
    work = consumer_span("back-workers", "billing.run")
    first = called("back-workers", "back-redis", "SET z", work)
    second = called("back-workers", "back-redis", "GET a", work)
    meanwhile = consumer_span("back-workers", "notify", work).model_copy(
        update={"started": first.started, "duration": 1000}
    )
    assert [one.span.name for one in in_order([Node(first), Node(meanwhile), Node(second)])] == ["SET z", "GET a"]


def test_fetched_tokens_repeated_calls_and_failed_attempts_leave_no_mark():
    quiet = diagram("PATCH /api/profile", *changed())
    spans = changed()
    change = spans[2]
    store = spans[3]
    fetch = called("back-api", "back-auth", "POST back-auth", store)
    noise = [fetch, server_span("back-auth", "POST /internal/service-tokens", fetch)]
    again = called("back-api", "back-postgres", "PATCH back-postgres", change)
    row = server_span("back-postgres", "PATCH /internal/profiles/{user_id}", again)
    noise += [again, row, called("back-postgres", "postgres", "UPDATE profiles; INSERT outbox", row)]
    failed = server_span("back-api", "PATCH /api/profile", status="503")

    assert diagram("PATCH /api/profile", *spans, *noise, failed) == quiet


def test_what_no_test_calls_well_is_said():
    trees = SpanTrees([failed := server_span("back-api", "GET /api/profile", status="404")], OWNERS, boundaries.load())
    assert drawn([node for node in trees.nodes if node.span is failed], trees) == f"{UNTRIED}\n"


def plans(*, missed: bool) -> list[Span]:
    asked = server_span("back-api", "GET /api/plans")
    spans = [asked, called("back-api", "back-redis", "GET cache plans", asked)]
    if missed:
        load = called("back-api", "back-postgres", "GET back-postgres", asked)
        spans += [load, server_span("back-postgres", "GET /internal/plans", load)]
        spans += [called("back-api", "back-redis", "SET cache plans", asked)]
    return spans


def test_a_cache_is_drawn_as_it_misses_wherever_it_missed():
    subscribed = server_span("back-api", "POST /api/subscription", status="201")
    hit = called("back-api", "back-redis", "GET cache plans", subscribed)

    assert diagram("POST /api/subscription", subscribed, hit, *plans(missed=True))[1:-1] == [
        "back-api->>back-redis: GET cache plans",
        "opt it is not kept",
        "back-api->>back-postgres: GET /internal/plans",
        "back-postgres-->>back-api: 200",
        "back-api->>back-redis: SET cache plans",
        "end",
    ]


def test_one_that_a_page_began_goes_before_a_longer_one():
    page = server_span("front-public", "GET app/billing")
    ask = called("front-public", "back-api", "GET back-api", page)
    short = server_span("back-api", "GET /api/plans", ask)
    lines = diagram("GET /api/plans", *plans(missed=True), page, ask, short)
    assert lines[0] == "browser->>front-public: GET /app/billing"


def at(name: str, started: int, duration: int) -> Node:
    return Node(called("back-api", "back-redis", name).model_copy(update={"started": started, "duration": duration}))


def test_calls_at_the_same_time_stand_by_name():
    one_way = [at("b", 0, 10), at("a", 5, 10), at("c", 20, 5)]
    other_way = [at("a", 0, 10), at("b", 5, 10), at("c", 20, 5)]
    in_turn = [at("b", 0, 5), at("a", 6, 3)]

    assert [[node.span.name for node in in_order(each)] for each in (one_way, other_way, in_turn)] == [
        ["a", "b", "c"],
        ["a", "b", "c"],
        ["b", "a"],
    ]


@pytest.mark.parametrize(("blocks", "kept"), [("aab", "ab"), ("abab", "ab"), ("abcabcabd", "abcabd"), ("aba", "aba")])
def test_what_repeats_is_drawn_once(blocks: str, kept: str):
    assert collapse_repeats([(letter,) for letter in blocks]) == [(letter,) for letter in kept]


def test_a_page_that_differs_is_named_with_its_line(tmp_path: Path):
    page = Path("docs", "features", "profile.md")
    (tmp_path / page).parent.mkdir(parents=True)
    (tmp_path / page).write_text("# profile\n\na->>b: then\n")

    assert not list(compare(tmp_path, {page: "# profile\n\na->>b: then\n"}))
    (found,) = compare(tmp_path, {page: "# profile\n\na->>b: now\n"})
    assert (found.file, found.line) == (tmp_path / page, 3)
    assert "'a->>b: now'" in str(found)
    assert "--write" in found.fix


def test_the_page_of_a_new_feature_alone_may_wait_to_be_drawn(tmp_path: Path):
    contract = next(contract for contract in contracts() if contract.name == "profile")
    page = page_of(contract.name)
    (tmp_path / page).parent.mkdir(parents=True)
    (tmp_path / page).write_text(unobserved(contract), encoding="utf-8")
    drawn = {page: "# profile\n\nwhat happened\n"}
    assert f"## PATCH /api/profile\n\n{NOT_OBSERVED}\n" in unobserved(contract)
    assert list(compare(tmp_path, drawn, [contract])) == []
    assert [found.file for found in compare(tmp_path, drawn)] == [tmp_path / page]
    (tmp_path / page).write_text("# profile\n\nsomething else\n", encoding="utf-8")
    assert [found.line for found in compare(tmp_path, drawn, [contract])] == [3]
