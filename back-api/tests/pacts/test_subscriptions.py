"""What plans, subscriptions and invoices ask of back-postgres."""

from datetime import UTC, date, datetime
from typing import cast

import pytest
from features.billing import infrastructure as adapters
from features.billing.domain.invoices import InvoiceNotFound, UnknownInvoice
from features.billing.domain.subscription import Subscription
from features.billing.domain.subscriptions import AlreadySubscribed, SubscriptionNotFound
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
    NewSubscription,
    Plan,
    Price,
    SubscriptionChange,
)
from shared.models.invoice_list import InvoicePage, InvoiceQuery, ListedInvoice
from shared.utils.errors import Stale
from tests.pacts.consumer import Answer, Ask, Interaction, ok, refusal
from tests.pacts.examples import OTHER, USER
from tests.pacts.matching import like

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
LISTED = ListedInvoice(**INVOICE.model_dump(), email="ann@example.com")
ANYBODYS = InvoicePage(items=[LISTED], total=1)
DUE = {"next_due_on": "2026-11-23", "started_at": "2026-11-23T12:00:00+00:00"}
NEW = NewSubscription.model_validate({**TERMS, "next_due_on": date(2026, 11, 23), "started_at": NOON})
CHANGE = SubscriptionChange.model_validate(
    NEW.model_dump() | {"seats": 3, "state": "active", "version": 1, "event": "changed"}
)
END = SubscriptionChange.model_validate(
    NEW.model_dump()
    | {"state": "canceled", "canceled_at": NOON, "next_due_on": None, "version": 1, "event": "canceled"}
)
PATH = "/internal/subscriptions/{user_id}"
INVOICE_PATH = "/internal/invoices/{invoice_id}"
HAS = "a subscriber"
HAS_NOT = "a person"
CHANGED = "a subscriber whose subscription changed meanwhile"
ENDED = "a person whose subscription is canceled"
BILLED = "a person with an invoice"
CREATE = Ask("POST", PATH, json={**TERMS, **DUE})
SEATS = Ask("PUT", PATH, json={**TERMS, **DUE, "seats": 3, "state": "active", "version": 1, "event": "changed"})
ENDING = {"state": "canceled", "canceled_at": "2026-11-23T12:00:00+00:00", "next_due_on": None, "version": 1}
CANCEL = Ask("PUT", PATH, json={**TERMS, **DUE, **ENDING, "event": "canceled"})
OF_USER = {"user_id": "{user_id}"}
READ_INVOICE = Ask("GET", INVOICE_PATH, query=OF_USER)
ENDED_ANSWER = Answer(200, {**like(CANCELED), "next_due_on": None})
STALE = refusal(412, current=SUBSCRIPTION)


async def _plans(client: ServiceClient) -> Items[Plan]:
    return await adapters.CachedPlans(client, Cache(cast(RedisConnection, FakeRedis()), "back-api")).plans()


INTERACTIONS = [
    Interaction("the plans", "nothing", Ask("GET", "/internal/plans"), ok(PLANS), _plans, PLANS),
    Interaction(
        "a subscription", HAS, Ask("GET", PATH), ok(SUBSCRIPTION), lambda c: Subscriptions(c).get(USER), SUBSCRIPTION
    ),
    Interaction(
        "no subscription",
        HAS_NOT,
        Ask("GET", PATH),
        refusal(404),
        lambda c: Subscriptions(c).get(USER),
        SubscriptionNotFound,
    ),
    Interaction(
        "subscribing",
        HAS_NOT,
        CREATE,
        ok(SUBSCRIPTION, 201),
        lambda c: Subscriptions(c).create(USER, NEW),
        SUBSCRIPTION,
    ),
    Interaction(
        "subscribing twice",
        HAS,
        CREATE,
        refusal(409),
        lambda c: Subscriptions(c).create(USER, NEW),
        AlreadySubscribed,
    ),
    Interaction(
        "more seats", HAS, SEATS, ok(SUBSCRIPTION), lambda c: Subscriptions(c).replace(USER, CHANGE), SUBSCRIPTION
    ),
    Interaction("more seats, stale", CHANGED, SEATS, STALE, lambda c: Subscriptions(c).replace(USER, CHANGE), Stale),
    Interaction(
        "more seats of none",
        HAS_NOT,
        SEATS,
        refusal(404),
        lambda c: Subscriptions(c).replace(USER, CHANGE),
        SubscriptionNotFound,
    ),
    Interaction("canceling", HAS, CANCEL, ENDED_ANSWER, lambda c: Subscriptions(c).replace(USER, END), CANCELED),
    Interaction("canceling, stale", CHANGED, CANCEL, STALE, lambda c: Subscriptions(c).replace(USER, END), Stale),
    Interaction(
        "canceling twice",
        ENDED,
        CANCEL,
        refusal(412, current=CANCELED),
        lambda c: Subscriptions(c).replace(USER, END),
        Stale,
    ),
    Interaction(
        "invoices",
        BILLED,
        Ask("GET", "/internal/invoices", query={**OF_USER, "limit": "20"}),
        ok(OWN),
        lambda c: Invoices(c).list_invoices(USER, limit=20, cursor=None),
        OWN,
    ),
    Interaction(
        "anybody's invoices, with their total",
        BILLED,
        Ask("GET", "/internal/invoices", query={**OF_USER, "limit": "1", "count": "true"}),
        ok(ANYBODYS),
        lambda c: Invoices(c).list_of_all(InvoiceQuery(user_id=USER, limit=1, count=True)),
        ANYBODYS,
    ),
    Interaction(
        "anybody's invoice",
        BILLED,
        Ask("GET", INVOICE_PATH),
        ok(LISTED),
        lambda c: Invoices(c).get_of_all(OTHER),
        LISTED,
    ),
    Interaction(
        "nobody's invoice",
        "nothing",
        Ask("GET", INVOICE_PATH),
        refusal(404),
        lambda c: Invoices(c).get_of_all(OTHER),
        UnknownInvoice,
    ),
    Interaction("an invoice", BILLED, READ_INVOICE, ok(INVOICE), lambda c: Invoices(c).get(USER, OTHER), INVOICE),
    Interaction(
        "no invoice", "nothing", READ_INVOICE, refusal(404), lambda c: Invoices(c).get(USER, OTHER), InvoiceNotFound
    ),
]


@pytest.mark.parametrize("interaction", INTERACTIONS, ids=lambda one: one.description)
async def test_billing_gets_what_it_needs(interaction: Interaction) -> None:
    await interaction.holds("back-api", "back-postgres")
