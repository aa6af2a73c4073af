/** What the billing page needs of back-api. */
import { expect } from "vitest";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { day, eachLike, id, integer, moment, oneOf, text } from "../../../../tests/pacts/shapes.ts";
import * as billing from "./billing.server.ts";
import type { Terms } from "./terms.ts";

const needs = consumer("front-public", "back-api");
const terms = {
  plan: oneOf("pro", "free"),
  interval: oneOf("month", "year"),
  currency: oneOf("EUR", "USD"),
  seats: integer(2),
};
const subscription = { ...terms, state: oneOf("active", "canceled"), next_due_on: day, version: integer(1) };
const choice: Terms = { plan: "pro", interval: "month", currency: "EUR", seats: 2 };
const change = { plan: "pro", interval: "month", seats: 2 };
const one = { "If-Match": '"1"' };

needs("the plans", {
  given: "a person",
  ask: "GET /api/plans",
  answer: {
    status: 200,
    body: {
      items: eachLike({
        id: oneOf("pro", "free"),
        name: text("Pro"),
        description: text("All"),
        features: eachLike("Live updates"),
        prices: eachLike({ interval: terms.interval, currency: terms.currency, amount_minor: integer(1200) }),
      }),
    },
  },
  by: billing.readPlans,
  gives: async (result) => expect(await result).toMatchObject([{ id: "pro", prices: [{ amount_minor: 1200 }] }]),
});

needs("the own subscription", {
  given: "a subscriber",
  ask: "GET /api/subscription",
  answer: { status: 200, body: subscription },
  by: billing.readSubscription,
});

needs("a subscription that is not there yet", {
  given: "a person",
  ask: "GET /api/subscription",
  answer: refusal(404),
  by: billing.readSubscription,
  gives: async (result) => expect(await result).toBeNull(),
});

needs("subscribing", {
  given: "a person",
  ask: "POST /api/subscription",
  json: { ...choice },
  answer: { status: 201, body: subscription },
  by: (session) => billing.subscribe(session, choice),
});

needs("subscribing twice", {
  given: "a subscriber",
  ask: "POST /api/subscription",
  json: { ...choice },
  answer: refusal(409),
  by: (session) => billing.subscribe(session, choice),
});

needs("changing the subscription", {
  given: "a subscriber",
  ask: "PATCH /api/subscription",
  headers: one,
  json: change,
  answer: { status: 200, body: subscription },
  by: (session) => billing.changeSubscription(session, choice, "1"),
});

needs("changing a subscription that changed meanwhile", {
  given: "a subscriber whose subscription changed meanwhile",
  ask: "PATCH /api/subscription",
  headers: one,
  json: change,
  answer: refusal(412),
  by: (session) => billing.changeSubscription(session, choice, "1"),
});

needs("canceling the subscription", {
  given: "a subscriber",
  ask: "DELETE /api/subscription",
  headers: one,
  answer: { status: 204 },
  by: (session) => billing.cancelSubscription(session, "1"),
});

needs("canceling a subscription that changed meanwhile", {
  given: "a subscriber whose subscription changed meanwhile",
  ask: "DELETE /api/subscription",
  headers: one,
  answer: refusal(412),
  by: (session) => billing.cancelSubscription(session, "1"),
});

const invoice = {
  id,
  number: text("2026-000001"),
  period: text("2026-11"),
  currency: terms.currency,
  amount_minor: integer(2400),
  state: oneOf("issued", "paid", "failed"),
  lines: eachLike({ description: text("Pro"), quantity: integer(2), amount_minor: integer(2400) }),
  issued_at: moment,
};

needs("the own invoices", {
  given: "a person with an invoice",
  ask: "GET /api/invoices",
  query: { limit: "20" },
  answer: { status: 200, body: { items: eachLike(invoice) } },
  by: (session) => billing.listInvoices(session, { limit: 20 }),
});

needs("one of the own invoices", {
  given: "a person with an invoice",
  ask: "GET /api/invoices/{invoice_id}",
  answer: { status: 200, body: invoice },
  by: (session) => billing.readInvoice(session, exampleOf("invoice_id")),
});
