"""What account and user administration ask of back-postgres."""

import importlib
from datetime import UTC, datetime
from typing import Any

import pytest
from features.account.domain import AccountNotFound
from features.account.infrastructure import BackPostgresAccounts as Accounts

from shared.models.user import User
from shared.models.user_list import ListedUser, StoredUserQuery, UserPage
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import USER

pytestmark = pytest.mark.pact
_administration: Any = importlib.import_module("features.user-administration.infrastructure")
UserNotFound: type[Exception] = importlib.import_module("features.user-administration.domain").UserNotFound
Users: Any = _administration.BackPostgresUsers
CREATED = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN = User(id=USER, email="ann@example.com", name="Ann", permissions=["users:read"], created_at=CREATED)
READ = Ask("GET", "/internal/users/{user_id}")
ADMINISTRATOR = "an administrator"
NOTHING = "nothing"
FOUND = UserPage(items=[ListedUser(**ANN.model_dump())], next_cursor="next", total=2)
QUERY = StoredUserQuery(
    q="example.com",
    role="user",
    plan="free",
    without_subscription=True,
    verified=True,
    sort="name",
    count=True,
    limit=1,
)
SEARCH = Ask("GET", "/internal/users", query=QUERY.params())

INTERACTIONS = [
    Interaction("the own account", ADMINISTRATOR, READ, ok(ANN), lambda c: Accounts(c).get(USER), ANN),
    Interaction(
        "the own account is gone", NOTHING, READ, refusal(404), lambda c: Accounts(c).get(USER), AccountNotFound
    ),
    Interaction("one account", ADMINISTRATOR, READ, ok(ANN), lambda c: Users(c).get(USER), ANN),
    Interaction("no such account", NOTHING, READ, refusal(404), lambda c: Users(c).get(USER), UserNotFound),
    Interaction(
        "a page of accounts",
        "two persons",
        SEARCH,
        ok(FOUND),
        lambda c: Users(c).list_users(QUERY),
        FOUND,
    ),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_accounts_are_answered_as_expected(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")
