"""A subscription and the rules of its life: chosen, changed, canceled, due on each anniversary. Pure."""

import calendar
from datetime import MAXYEAR, date, datetime
from typing import Literal

from shared.models import billing
from shared.models.billing import FREE, NewSubscription, PlanId, SubscriptionChange, SubscriptionCreate
from shared.utils.errors import Invalid

MONTHS = {"month": 1, "year": 12}
"""Between two due days, by interval."""


class Subscription(billing.Subscription):
    """As it is stored. Its methods return what is to be stored in its place; `now` is in UTC."""

    @staticmethod
    def chosen(terms: SubscriptionCreate, now: datetime) -> NewSubscription:
        """A new one: a plan that costs is due today."""
        return NewSubscription(**terms.model_dump(), started_at=now, next_due_on=_first_due(terms.plan, now))

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    def is_due(self, before: date) -> bool:
        """Whether a period that begins before that day is unpaid."""
        return self.is_active and self.next_due_on is not None and self.next_due_on < before

    def chosen_again(self, terms: SubscriptionCreate, now: datetime) -> SubscriptionChange:
        """Chosen again after a cancellation: the same subscription starts anew."""
        return self._with("created", **self.chosen(terms, now).model_dump(), state="active", canceled_at=None)

    def changed(self, update: billing.SubscriptionUpdate, now: datetime) -> SubscriptionChange:
        """With the fields that were sent. What was free and costs now is due today, and its anniversary is today's."""
        terms = update.model_dump(exclude_unset=True)
        plan: PlanId = terms.get("plan", self.plan)
        if plan == FREE:
            terms["next_due_on"] = None
        elif self.plan == FREE:
            terms |= {"next_due_on": _first_due(plan, now), "started_at": now}
        return self._with("changed", **terms)

    def canceled(self, now: datetime) -> SubscriptionChange:
        """Nothing is due any more."""
        return self._with("canceled", state="canceled", canceled_at=now, next_due_on=None)

    def next_period(self) -> tuple[date, date]:
        """The next unpaid period, from its due day until before the next one. Raises Invalid beyond the calendar."""
        starts = self.next_due_on or self.started_at.date()
        return starts, next_due_on(starts, self.started_at.day, MONTHS[self.interval])

    def _with(self, event: Literal["created", "changed", "canceled"], **fields: object) -> SubscriptionChange:
        kept = self.model_dump(exclude={"id", "user_id"})
        return SubscriptionChange.model_validate(kept | fields | {"event": event})


def next_due_on(due: date, anchor_day: int, months: int) -> date:
    """`due` plus `months`, on the day of the month on which the subscription began, or that month's last one.

    The anchor keeps 31 January → 28 February → 31 March from becoming 28 March.
    """
    years, month = divmod(due.month - 1 + months, 12)
    year = due.year + years
    if year > MAXYEAR:
        raise Invalid.field("subscriptions", "The due date is out of range.")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor_day, last))


def _first_due(plan: PlanId, now: datetime) -> date | None:
    return None if plan == FREE else now.date()
