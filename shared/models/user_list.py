"""The list of accounts as administrators read it."""

from typing import Literal

from pydantic import Field

from shared.models.base import QueryBool, Text
from shared.models.billing import PlanId
from shared.models.lists import CountedPage, CountedQuery
from shared.models.user import Role, User, UserStatus

UserSort = Literal["created_at", "-created_at", "name", "-name", "email", "-email"]


class UserQuery(CountedQuery):
    """`GET /api/users`. What is absent narrows nothing; `-` before a sort key reverses it."""

    q: Text | None = Field(default=None, max_length=100, description="Part of an address or a name")
    role: Role | None = None
    status: UserStatus | None = None
    plan: PlanId | None = Field(default=None, description="`free` includes accounts without a subscription")
    verified: QueryBool | None = Field(default=None, description="Whether the address is confirmed")
    sort: UserSort = Field(default="-created_at", description="`name` sorts accounts without one by address")


class StoredUserQuery(UserQuery):
    """The same between services: `without_subscription` says whether accounts without a subscription have `plan`."""

    without_subscription: QueryBool = False


class ListedUser(User):
    """An account with the plan of its subscription; without one, `plan` is null."""

    plan: PlanId | None = None


class UserPage(CountedPage[ListedUser]):
    """A page of `GET /api/users`."""
