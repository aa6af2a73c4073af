"""Pages of lists, without a server: when there is another one, and how often is asked."""

from typing import Any

import pytest

from repositories import paging, user_list, user_repository
from shared.models.user_list import StoredUserQuery
from shared.utils import cursors
from shared.utils.errors import Invalid
from shared.utils.ids import new_id
from tests.fake_connection import database


def users(count: int) -> list[dict[str, Any]]:
    common = {"name": "Ann", "role": "user", "status": "active", "email_verified_at": None, "plan": None}
    made = {"created_at": "2026-11-23T12:00:00Z"}
    ids = [new_id() for _ in range(count)]
    return [{"id": each, "place": [each], "email": f"{each}@example.com", **common, **made} for each in ids]


@pytest.mark.parametrize(("count", "shown", "goes_on"), [(0, 0, False), (2, 2, False), (3, 3, False), (4, 3, True)])
def test_a_page_goes_on_when_there_is_one_row_more(count: int, shown: int, goes_on: bool) -> None:
    rows = users(count)
    page = paging.page_of(rows, 3, user_repository.user_of)
    assert [user.id for user in page.items] == [each["id"] for each in rows[:shown]]
    assert (page.next_cursor is not None) is goes_on
    if page.next_cursor:
        assert paging.before(page.next_cursor) == rows[2]["id"]


def test_the_first_page_begins_after_every_id() -> None:
    assert paging.before(None) == paging.LAST > new_id()
    for wrong in ("x", cursors.encode("a", "b")):
        with pytest.raises(Invalid):
            paging.before(wrong)


def text(statement: str) -> str:
    return " ".join(statement.split())


async def test_a_list_asks_for_one_row_more_than_it_shows() -> None:
    query = StoredUserQuery(limit=3)
    opened, connection = database(users(4))
    assert len((await user_list.list_users(opened, query)).items) == 3
    assert connection.asked == [(text(user_list.Statements(query).page()),)]


@pytest.mark.parametrize(("found", "asks_all"), [(4, False), (3, True)])
async def test_a_search_asks_the_index_only_when_the_newest_do_not_fill_the_page(found: int, asks_all: bool) -> None:
    query = StoredUserQuery(limit=3, q="a")
    statements = user_list.Statements(query)
    opened, connection = database(users(found), users(2))
    page = await user_list.list_users(opened, query)
    asked = [statements.newest() or "", *([statements.page()] if asks_all else [])]
    assert connection.asked == [(text(each), *statements.values) for each in asked]
    assert len(page.items) == (2 if asks_all else 3)


async def test_what_is_no_id_is_asked_of_nobody() -> None:
    known = new_id()
    opened, connection = database([])
    await user_repository.get_users(opened, user_ids=[known, "nobody"])
    assert connection.asked[0][1] == [known]
