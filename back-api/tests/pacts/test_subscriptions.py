"""What plans, subscriptions and invoices ask of back-postgres."""

from datetime import UTC, date, datetime
from typing import cast

import pytest
from features.billing import infrastructure as adapters
from features.billing.domain.invoices import NoInvoice
from features.billing.domain.subscriptions import AlreadySubscribed, NoSubscription
from features.billing.infrastructure import BackPostgresInvoices as Invoices
from features.billing.infrastructure import BackPostgresSubscriptions as Subscriptions
from tests.conftest import FakeRedis

from back_redis.cache import Cache
from back_redis.connection import RedisConnection
from shared.chassis.client import ServiceClient
from shared.models.base import Items, Page
from shared.models.billing import (
    Invoice,
    InvoiceLine,
    Plan,
    Price,
    Subscription,
    SubscriptionChange,
    SubscriptionCreate,
    SubscriptionUpdate,
)
from shared.utils.errors import Stale
from tests.pacts.consumer import Ask, Interaction, ok, refusal
from tests.pacts.examples import OTHER, USER

pytestmark = pytest.mark.pact
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PRO = Plan(
    id="pro",
    name="Pro",
    description="All",
    features=["Live"],
    prices=[Price(interval="month", currency="EUR", amount_minor=1200)],
)
PLANS = Items[Plan](items=[PRO])
TERMS = {"plan": "pro", "interval": "month", "currency": "EUR", "seats": 2}
SUBSCRIPTION = Subscription.model_validate(
    {**TERMS, "id": OTHER, "user_id": USER, "state": "active", "next_due_on": date(2026, 11, 23), "started_at": NOON}
    | {"version": 1}
)
CANCELED = SUBSCRIPTION.model_copy(update={"state": "canceled", "canceled_at": NOON, "next_due_on": None, "version": 2})
LINE = InvoiceLine(description="Pro, 2 seats", quantity=2, unit_amount_minor=1200, amount_minor=2400)
INVOICE = Invoice.model_validate(
    {"id": OTHER, "number": "2026-000001", "user_id": USER, "subscription_id": OTHER, "run_id": OTHER, "plan": "pro"}
    | {"period": "2026-11", "currency": "EUR", "amount_minor": 2400, "state": "issued", "issued_at": NOON}
    | {"lines": [LINE]}
)
OWN = Page[Invoice](items=[INVOICE])
WANTED = SubscriptionCreate.model_validate(TERMS)
CHANGE = SubscriptionChange(changes=SubscriptionUpdate(seats=3), version=1)
PATH, INVOICE_PATH = "/internal/subscriptions/{user_id}", "/internal/invoices/{invoice_id}"
HAS, HAS_NOT, CHANGED = "a subscriber", "a person", "a subscriber whose subscription changed meanwhile"
ENDED, BILLED = "a person whose subscription is canceled", "a person with an invoice"
CREATE, PATCH = Ask("POST", PATH, json=TERMS), Ask("PATCH", PATH, json={"changes": {"seats": 3}, "version": 1})
DELETE, OF_USER = Ask("DELETE", PATH, query={"version": "1"}), {"user_id": "{user_id}"}
READ_INVOICE = Ask("GET", INVOICE_PATH, query=OF_USER)
STALE = refusal(412, current=SUBSCRIPTION)


async def _plans(client: ServiceClient) -> Items[Plan]:
    return await adapters.CachedPlans(client, Cache(cast(RedisConnection, FakeRedis()), "back-api")).plans()


INTERACTIONS = [
    Interaction("the plans", "nothing", Ask("GET", "/internal/plans"), ok(PLANS), _plans, PLANS),
    Interaction(
        "a subscription", HAS, Ask("GET", PATH), ok(SUBSCRIPTION), lambda c: Subscriptions(c).get(USER), SUBSCRIPTION
    ),
    Interaction(
        "no subscription", HAS_NOT, Ask("GET", PATH), refusal(404), lambda c: Subscriptions(c).get(USER), NoSubscription
    ),
    Interaction(
        "subscribing",
        HAS_NOT,
        CREATE,
        ok(SUBSCRIPTION, 201),
        lambda c: Subscriptions(c).create(USER, WANTED),
        SUBSCRIPTION,
    ),
    Interaction(
        "subscribing twice",
        HAS,
        CREATE,
        refusal(409),
        lambda c: Subscriptions(c).create(USER, WANTED),
        AlreadySubscribed,
    ),
    Interaction(
        "more seats", HAS, PATCH, ok(SUBSCRIPTION), lambda c: Subscriptions(c).change(USER, CHANGE), SUBSCRIPTION
    ),
    Interaction("more seats, stale", CHANGED, PATCH, STALE, lambda c: Subscriptions(c).change(USER, CHANGE), Stale),
    Interaction(
        "more seats of an ended one",
        ENDED,
        PATCH,
        refusal(409),
        lambda c: Subscriptions(c).change(USER, CHANGE),
        NoSubscription,
    ),
    Interaction("canceling", HAS, DELETE, ok(CANCELED), lambda c: Subscriptions(c).cancel(USER, 1)),
    Interaction("canceling, stale", CHANGED, DELETE, STALE, lambda c: Subscriptions(c).cancel(USER, 1), Stale),
    Interaction("canceling twice", ENDED, DELETE, refusal(409), lambda c: Subscriptions(c).cancel(USER, 1)),
    Interaction(
        "invoices",
        BILLED,
        Ask("GET", "/internal/invoices", query={**OF_USER, "limit": "20"}),
        ok(OWN),
        lambda c: Invoices(c).newest(USER, limit=20, cursor=None),
        OWN,
    ),
    Interaction("an invoice", BILLED, READ_INVOICE, ok(INVOICE), lambda c: Invoices(c).get(USER, OTHER), INVOICE),
    Interaction("no invoice", "nothing", READ_INVOICE, refusal(404), lambda c: Invoices(c).get(USER, OTHER), NoInvoice),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_billing_gets_what_it_needs(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")
