"""A diagram shows what happened, and the noise of a run does not change it."""

from pathlib import Path

import pytest

from shared.contracts import boundaries
from shared.contracts.check import load
from tooling.tests.making_spans import called, handed, served, worked
from tooling.traces.diagrams.drawing import UNTRIED, drawn
from tooling.traces.diagrams.pages import compare
from tooling.traces.diagrams.steps import in_order, once
from tooling.traces.owners import Owners
from tooling.traces.spans import Span
from tooling.traces.trees import Node, Trees

OWNERS = Owners(contract for _, contract in load()[0])


def diagram(name: str, *spans: Span) -> list[str]:
    """The lines between the fences, without the participants."""
    trees = Trees(spans, OWNERS, boundaries.load())
    text = drawn([node for node in trees.nodes if node.span.name == name], trees)
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    return [line for line in lines if not line.startswith(("participant ", "actor "))]


def changed() -> list[Span]:
    """A profile that is changed on a page, up to the browser."""
    page = served("front-public", "POST app/profile")
    change = served("back-api", "PATCH /api/profile", called("front-public", "back-api", "PATCH back-api", page))
    ask = called("front-public", "back-api", "PATCH back-api", page).model_copy(update={"span_id": change.parent_id})
    store = called("back-api", "back-postgres", "PATCH back-postgres", change)
    row = served("back-postgres", "PATCH /internal/profiles/{user_id}", store)
    write = called("back-postgres", "postgres", "UPDATE profiles; INSERT outbox", row)
    taken = worked("back-workers", "live profile.updated", write)
    announced = handed("back-workers", "announce profile.updated", taken)
    return [
        page, ask, change, store, row, write, taken, announced,
        handed("back-workers", "publish profile.updated", write),
        called("back-workers", "back-redis", "PUBLISH live", taken),
        worked("back-websockets", "deliver profile.updated", announced),
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


def test_fetched_tokens_repeated_calls_and_failed_attempts_leave_no_mark():
    quiet = diagram("PATCH /api/profile", *changed())
    spans = changed()
    change, store = spans[2], spans[3]
    fetch = called("back-api", "back-auth", "POST back-auth", store)
    noise = [fetch, served("back-auth", "POST /internal/service-tokens", fetch)]
    again = called("back-api", "back-postgres", "PATCH back-postgres", change)
    row = served("back-postgres", "PATCH /internal/profiles/{user_id}", again)
    noise += [again, row, called("back-postgres", "postgres", "UPDATE profiles; INSERT outbox", row)]
    failed = served("back-api", "PATCH /api/profile", status="503")

    assert diagram("PATCH /api/profile", *spans, *noise, failed) == quiet


def test_what_no_test_calls_well_is_said():
    trees = Trees([failed := served("back-api", "GET /api/profile", status="404")], OWNERS, boundaries.load())
    assert drawn([node for node in trees.nodes if node.span is failed], trees) == f"{UNTRIED}\n"


def plans(*, missed: bool) -> list[Span]:
    asked = served("back-api", "GET /api/plans")
    spans = [asked, called("back-api", "back-redis", "GET cache plans", asked)]
    if missed:
        load = called("back-api", "back-postgres", "GET back-postgres", asked)
        spans += [load, served("back-postgres", "GET /internal/plans", load)]
        spans += [called("back-api", "back-redis", "SET cache plans", asked)]
    return spans


def test_a_cache_is_drawn_as_it_misses_wherever_it_missed():
    subscribed = served("back-api", "POST /api/subscription", status="201")
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
    page = served("front-public", "GET app/billing")
    ask = called("front-public", "back-api", "GET back-api", page)
    short = served("back-api", "GET /api/plans", ask)
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
    assert once([(letter,) for letter in blocks]) == [(letter,) for letter in kept]


def test_a_page_that_differs_is_named_with_its_line(tmp_path: Path):
    page = Path("docs", "features", "profile.md")
    (tmp_path / page).parent.mkdir(parents=True)
    (tmp_path / page).write_text("# profile\n\na->>b: then\n")

    assert not list(compare(tmp_path, {page: "# profile\n\na->>b: then\n"}))
    (found,) = compare(tmp_path, {page: "# profile\n\na->>b: now\n"})
    assert (found.file, found.line) == (tmp_path / page, 3)
    assert "'a->>b: now'" in str(found)
    assert "--write" in found.fix
