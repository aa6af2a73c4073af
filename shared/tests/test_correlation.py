"""The correlation id is taken over or made, is on every answer, and survives a crash."""

import pytest

from shared.models.problem import PROBLEM_JSON
from shared.tests.app import calling, make_app
from shared.utils import correlation


@pytest.mark.parametrize("given", ["abcdefgh", "0199-aa.b_c-1234", "A" * 64])
def test_a_well_formed_id_is_taken_over(given: str):
    assert correlation.accept(given) == given


@pytest.mark.parametrize(
    "given", [None, "", "short", "A" * 65, "with space", "-leading", "line\nbreak", "<script>", "ü" * 10]
)
def test_any_other_is_replaced(given: str | None):
    made = correlation.accept(given)

    assert made != given
    assert correlation.accept(made) == made


def test_an_id_is_bound_for_the_block_only():
    assert correlation.current() == ""
    with correlation.bind("outer-id"):
        with correlation.bind("inner-id"):
            assert correlation.current() == "inner-id"
        assert correlation.current() == "outer-id"
    assert correlation.current() == ""


async def test_the_answer_carries_the_id_that_the_handler_sees():
    app = make_app()

    @app.get("/id")
    async def current() -> str:  # pyright: ignore[reportUnusedFunction]
        return correlation.current()

    async with calling(app) as client:
        answer = await client.get("/id", headers={"X-Correlation-ID": "given-by-caller"})
        other = await client.get("/id", headers={"X-Correlation-ID": "bad id"})

    assert answer.headers["x-correlation-id"] == answer.json() == "given-by-caller"
    assert other.headers["x-correlation-id"] == other.json() != "bad id"


async def test_a_crash_keeps_the_id_and_says_nothing_about_the_inside():
    app = make_app()

    @app.get("/crash")
    async def crash() -> None:  # pyright: ignore[reportUnusedFunction]
        raise RuntimeError("SELECT password FROM users")

    async with calling(app) as client:
        answer = await client.get("/crash", headers={"X-Correlation-ID": "given-by-caller"})

    assert answer.status_code == 500
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert answer.headers["x-correlation-id"] == answer.json()["correlation_id"] == "given-by-caller"
    assert "SELECT" not in answer.text
    assert answer.json()["type"].endswith(":internal")
