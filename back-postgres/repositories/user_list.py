"""A list of accounts: filtered, sorted, searched, page by page, and counted."""

from collections.abc import Iterator, Sequence

from connection import Row
from database import Database
from repositories import paging, user_repository
from shared.models.lists import MOST_COUNTED
from shared.models.user_list import ListedUser, StoredUserQuery, UserPage
from shared.security.permissions import ROLE_PERMISSIONS

NEWEST = 1_000
"""Accounts that a search scans before it queries the index for all matches: a frequent text is found among them."""
_SORTS = {
    "created_at": (paging.Key("id", "uuid"),),
    "name": (paging.Key("lower(coalesce(name, email))", "text"), paging.Key("id", "uuid")),
    "email": (paging.Key("lower(email)", "text"),),
}
_SUBSCRIBED = "EXISTS (SELECT FROM subscriptions s WHERE s.user_id = users.id AND s.state = 'active' AND s.plan {})"
_FOUND = "search_grams(search) @> search_grams(lower({0})) AND strpos(search, lower({0})) > 0"
_PLAN = "(SELECT s.plan FROM subscriptions s WHERE s.user_id = found.id AND s.state = 'active') AS plan"


class Statements:
    """The SQL of one query, with its parameters in `values`."""

    def __init__(self, query: StoredUserQuery) -> None:
        self.values: list[object] = []
        self._limit = query.limit + 1
        self.order = paging.Order.named(query.sort, _SORTS)
        self._q = (query.q or "").strip()
        self._filters = " AND ".join(_conditions(query)) or "true"
        self._sought = self._parameter(self._q) if self._q else ""
        self._counted = tuple(self.values)
        self._after = self.order.after(query.cursor, self.values)

    def _parameter(self, value: object) -> str:
        self.values.append(value)
        return f"${len(self.values)}"

    def page(self) -> str:
        """One more row than the page has."""
        where = f"{self._filters} AND {self._after}"
        if self._sought:
            return self._materialized(f"{where} AND {_FOUND.format(self._sought)}")
        return self._subscribed(f"SELECT {self._columns} FROM users WHERE {where} {self.order.by} LIMIT {self._limit}")

    def newest(self) -> str | None:
        """The same among the newest accounts, which a search begins with; None for a list that begins elsewhere."""
        if not self._sought or self.order.name != "-created_at":
            return None
        newest = f"SELECT * FROM users WHERE {self._after} {self.order.by} LIMIT {NEWEST}"
        matches = f"{self._filters} AND strpos(search, lower({self._sought})) > 0"
        return self._subscribed(
            f"SELECT {self._columns} FROM ({newest}) AS users WHERE {matches} {self.order.by} LIMIT {self._limit}"
        )

    def total(self) -> tuple[str, Sequence[object]]:
        """Counts all pages, up to a row more than `MOST_COUNTED`."""
        where = f"{self._filters} AND {_FOUND.format(self._sought)}" if self._sought else self._filters
        rows = f"SELECT FROM users WHERE {where} LIMIT {MOST_COUNTED + 1}"
        return f"SELECT count(*) AS total FROM ({rows}) AS counted", self._counted

    @property
    def _columns(self) -> str:
        return f"{user_repository.COLUMNS}, {self.order.place} AS place"

    def _materialized(self, where: str) -> str:
        """A planner that hopes to meet a match soon would otherwise walk along the sort's index through the whole table."""
        rows = f"WITH matching AS MATERIALIZED (SELECT * FROM users WHERE {where})"
        page = f"SELECT {self._columns} FROM matching {self.order.by} LIMIT {self._limit}"
        return self._subscribed(f"{rows} {page}")

    def _subscribed(self, rows: str) -> str:
        return f"SELECT found.*, {_PLAN} FROM ({rows}) AS found {self.order.by_place}"


def _conditions(query: StoredUserQuery) -> Iterator[str]:
    """With their values in the text, which are words of our own: so the planner knows which of them are rare."""
    if query.role:
        yield f"role = '{query.role}'"
    if query.status:
        yield f"status = '{query.status}'"
    if query.verified is not None:
        yield "email_verified_at IS NOT NULL" if query.verified else "email_verified_at IS NULL"
    if query.plan:
        has_plan = _SUBSCRIBED.format(f"= '{query.plan}'")
        yield "NOT " + _SUBSCRIBED.format(f"<> '{query.plan}'") if query.without_subscription else has_plan


async def list_users(db: Database, query: StoredUserQuery) -> UserPage:
    """
    Raises:
        Invalid: the cursor is not one of this list in this order.
    """
    statements = Statements(query)
    newest = statements.newest()
    rows = await db.fetch_all(newest, *statements.values) if newest else []
    if len(rows) <= query.limit:
        rows = await db.fetch_all(statements.page(), *statements.values)
    page = statements.order.page_after(rows, query.limit, _listed)
    if not query.count:
        return UserPage(items=page.items, next_cursor=page.next_cursor)
    statement, values = statements.total()
    total = int((await db.fetch_all(statement, *values))[0]["total"])
    more = total > MOST_COUNTED
    return UserPage(items=page.items, next_cursor=page.next_cursor, total=min(total, MOST_COUNTED), more=more)


def _listed(row: Row) -> ListedUser:
    return ListedUser.model_validate({**row, "permissions": list(ROLE_PERMISSIONS[row["role"]])})
