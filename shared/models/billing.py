"""Plans, subscriptions, billing runs and invoices. Money is an integer of minor units (cents) and an ISO 4217 currency."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.models.base import Batch, Day, Entity, Request, Timestamp
from shared.models.lease import Worker
from shared.models.task import TaskState

PlanId = Literal["free", "pro"]
Interval = Literal["month", "year"]
Currency = Literal["EUR", "USD"]
SubscriptionState = Literal["active", "canceled"]
InvoiceState = Literal["issued", "paid", "failed"]
Period = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A billing month, `YYYY-MM`."""
FREE: PlanId = "free"
"""The plan that costs nothing; an account without a subscription is on it."""
Seats = Annotated[int, Field(ge=1, le=1000)]


def day_after(period: str) -> date:
    """The first day after `period`: a run bills subscriptions that are due before it."""
    year, month = map(int, period.split("-"))
    return date(year + month // 12, month % 12 + 1, 1)


class Price(Entity):
    interval: Interval
    currency: Currency
    amount_minor: int = Field(ge=0)


class Plan(Entity):
    """`prices` are per seat."""

    id: PlanId
    name: str
    description: str
    features: list[str]
    prices: list[Price]


class SubscriptionCreate(Request):
    """`POST /api/subscription`."""

    plan: PlanId
    interval: Interval = "month"
    currency: Currency = "EUR"
    seats: Seats = 1


class SubscriptionUpdate(Request):
    """`PATCH /api/subscription`: only the fields that are sent change."""

    plan: PlanId | None = None
    interval: Interval | None = None
    currency: Currency | None = None
    seats: Seats | None = None


class NewSubscription(SubscriptionCreate):
    """back-api → back-postgres: the first subscription of a user, as it is to be stored."""

    next_due_on: Day | None
    started_at: Timestamp


class SubscriptionChange(NewSubscription):
    """back-api → back-postgres: the state that replaces `version` of a subscription, and the event that records it."""

    state: SubscriptionState
    canceled_at: Timestamp | None = None
    version: int
    event: Literal["created", "changed", "canceled"]


class Subscription(Entity):
    """One per user. Billed in advance: `next_due_on` is the start of the next unpaid period."""

    id: str
    user_id: str
    plan: PlanId
    interval: Interval
    currency: Currency
    seats: int
    state: SubscriptionState
    next_due_on: Day | None
    started_at: Timestamp
    canceled_at: Timestamp | None = None
    version: int


class BillingRunCreate(Request):
    """`POST /api/billing/runs`."""

    period: Period
    dry_run: bool = False


class BillingRunStart(BillingRunCreate):
    """back-api or beat → back-postgres; `requested_by` is null when the schedule started it."""

    due_before: Day
    requested_by: str | None = None


class BillingRun(Entity):
    """The books of one run; `total_minor` adds up the invoices it made, by currency."""

    id: str
    task_id: str
    period: str
    dry_run: bool
    state: TaskState
    requested_by: str | None = None
    due: int = 0
    processed: int = 0
    invoices: int = 0
    total_minor: dict[str, int] = {}
    error: str | None = None
    created_at: Timestamp
    finished_at: Timestamp | None = None


class BillingRunAccepted(Entity):
    """202 of `POST /api/billing/runs`."""

    id: str
    task_id: str
    period: str
    state: TaskState


class InvoiceLine(Entity):
    description: str = Field(max_length=200)
    quantity: int = Field(ge=1)
    unit_amount_minor: int
    amount_minor: int


class InvoiceDraft(Request):
    """An invoice that back-api prices and back-postgres writes, once for each (subscription, period)."""

    subscription_id: str
    user_id: str
    period: Period
    plan: PlanId
    currency: Currency
    amount_minor: int = Field(ge=0)
    lines: list[InvoiceLine] = Field(max_length=100)
    next_due_on: Day


class InvoiceBatch(Request):
    """back-api → back-postgres: one chunk, written in one transaction.

    Invoices are numbered within `year`; subscriptions that are not due before `due_before` any more are left out.
    """

    worker: Worker
    due_before: Day
    year: int = Field(ge=2000, le=2099)
    invoices: Batch[InvoiceDraft]


class BillingChunk(Request):
    """back-workers → back-api: bill up to `limit` due subscriptions with ids greater than `after`, for the worker of the run."""

    worker: Worker
    period: Period
    after: str | None = Field(default=None, max_length=36)
    limit: int = Field(default=100, ge=1, le=500)


class Unbilled(Entity):
    """A subscription that could not be billed, and why."""

    subscription_id: str
    detail: str


class BilledChunk(Entity):
    """`through` is the last subscription that was examined; null when none was due. `run` is null when nothing was written."""

    run: BillingRun | None = None
    through: str | None = None
    failed: list[Unbilled] = []


class Invoice(Entity):
    """`number` is consecutive and for people; `id` is for programs."""

    id: str
    number: str
    user_id: str
    subscription_id: str
    run_id: str
    period: str
    plan: PlanId
    currency: Currency
    amount_minor: int
    state: InvoiceState
    lines: list[InvoiceLine] = []
    issued_at: Timestamp
