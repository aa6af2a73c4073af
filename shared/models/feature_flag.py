"""Feature flags: the stored form, the form that an administrator sends, and the result for a caller."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from shared.models.base import Day, Entity, Items, Line, Page, Request, Stripped, Timestamp
from shared.models.events import EventData
from shared.utils.texts import SLUG

MOST_RULES = 20
MOST_VALUES = 100
FlagName = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
Team = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
Reason = Annotated[Line, Field(min_length=1, max_length=300), Stripped]
Percentage = Annotated[int, Field(ge=0, le=100)]
RuleValue = Annotated[Line, Field(min_length=1, max_length=64)]
StaleReason = Literal["expired", "complete"]
"""`expired`: its expiry day has come. `complete`: it has been on for everybody for 30 days, so its code can be removed."""


class FlagRule(Entity):
    """Callers whose `attribute` (a role, a plan's id, a user's id) is one of `values` have the feature, whatever the share is."""

    model_config = ConfigDict(extra="forbid")

    attribute: Literal["role", "plan", "user"]
    values: list[RuleValue] = Field(min_length=1, max_length=MOST_VALUES)


class FlagSettings(Request):
    """`PUT /api/feature-flags/{name}`. While it is not `enabled`, nobody has the feature.

    While it is, callers have it who meet one of `rules`, and `percentage` percent of all users. Callers who are not logged
    in have it at 100 percent. From `expires_on` on (a day, UTC) it is called stale; it works as before.
    """

    enabled: bool
    percentage: Percentage = 100
    rules: list[FlagRule] = Field(default=[], max_length=MOST_RULES)
    owner: Team
    expires_on: Day
    reason: Reason


class NewFlagVersion(FlagSettings):
    """back-api → back-cassandra; `id` (UUIDv7) is that of the change, which is stored once."""

    id: str
    changed_by: str = Field(max_length=64)
    changed_at: Timestamp


class FeatureFlag(Entity):
    """One version of a flag. Version 0 is the contract's: nobody has changed the flag yet."""

    name: str
    version: int
    enabled: bool
    percentage: int = 100
    rules: list[FlagRule] = []
    owner: str
    expires_on: Day
    reason: str | None = None
    changed_by: str | None = None
    changed_at: Timestamp | None = None


class FlagState(Entity):
    """`GET /api/feature-flags`: whether the flag is on for the caller."""

    name: str
    enabled: bool


class FlagDetails(FeatureFlag):
    """`feature` is the one whose contract names the flag, `default` its default there."""

    feature: str
    default: bool
    stale: StaleReason | None = None


class FlagReport(Items[FlagDetails]):
    """`GET /api/feature-flag-report`; `people` has the addresses, by id, of those who changed the flags last."""

    people: dict[str, str] = Field(default_factory=dict[str, str])


class FlagHistory(Page[FeatureFlag]):
    """`GET /api/feature-flags/{name}/history`, newest first; `people` as in the report."""

    people: dict[str, str] = Field(default_factory=dict[str, str])


class FeatureFlagChanged(EventData, event="feature_flag.changed", administrative=True):
    """A change by `flag.changed_by`, with the reason `flag.reason`."""

    flag: FeatureFlag
