"""Lists that can be filtered, sorted and counted: their queries and answers."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from shared.models.base import Page, QueryBool, QueryInt, Text

Item = TypeVar("Item")
MOST_COUNTED = 10_000
"""Counting ends here, so that a total costs the same however much is stored."""


class ListQuery(BaseModel):
    """The query of a paged list."""

    model_config = ConfigDict(frozen=True)

    limit: QueryInt = Field(default=20, ge=1, le=100, description="Items a page")
    cursor: Text | None = Field(default=None, max_length=500, description="`next_cursor` of the page before")

    def params(self) -> dict[str, str]:
        """As they stand in an address, without those that say nothing."""
        given = self.model_dump(mode="json", exclude_defaults=True)
        return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


class CountedQuery(ListQuery):
    """The query of a `CountedPage`."""

    count: QueryBool = Field(default=False, description="Whether the answer has `total`")


class CountedPage(Page[Item], Generic[Item]):
    """A page with the `total` of all pages when it was asked for; `more` when there are more than that."""

    total: int | None = None
    more: bool = False
