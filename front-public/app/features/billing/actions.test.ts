// @vitest-environment node
/** The actions of the forms of the billing page: the calls to back-api and the redirects. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { cancelPlan, choosePlan, review } from "./actions.server.ts";
import { listInvoices, readPlans, readSubscription } from "./billing.server.ts";

afterEach(() => vi.unstubAllGlobals());

test("a first choice subscribes, by the month, in euros and for one, unless it says otherwise", async () => {
  const { session, asked, messages } = asking();
  expect(await redirected(choosePlan(session, form({ plan: "pro" })))).toBe("/app/billing");
  expect(messages()).toEqual(["You’re on Pro."]);
  expect(asked[0]).toMatchObject({
    call: "POST /api/subscription",
    json: { plan: "pro", interval: "month", currency: "EUR", seats: 1 },
  });
  await redirected(choosePlan(session, form({ plan: "team", interval: "year", currency: "USD", seats: "7" })));
  expect(asked[1]?.json).toEqual({ plan: "team", interval: "year", currency: "USD", seats: 7 });
});

test("a choice on a version changes what is subscribed, and leaves its currency", async () => {
  const { session, asked, messages } = asking();
  const choice = form({ plan: "team", interval: "year", currency: "USD", seats: "7", version: "2" });
  expect(await redirected(choosePlan(session, choice))).toBe("/app/billing");
  expect(messages()).toEqual(["Plan updated."]);
  expect(asked[0]).toMatchObject({ call: "PATCH /api/subscription" });
  expect(asked[0]?.json).toEqual({ plan: "team", interval: "year", seats: 7 });
  expect(asked[0]?.headers.get("if-match")).toBe('"2"');
});

test("a choice is reviewed before it is taken; seats that cannot be are refused at their plan", () => {
  const terms = { plan: "pro", interval: "year", currency: "USD", seats: 7 };
  expect(review(form({ ...terms, seats: "7", version: "2" }))).toEqual({ at: "review", terms, version: "2" });
  expect(review(form({ ...terms, seats: "0" }))).toMatchObject({
    init: { status: 422 },
    data: { at: "plan", terms: { seats: 0 }, problem: { errors: [{ field: "seats" }] } },
  });
});

test("a refused choice is shown in its review", async () => {
  const { session } = asking({ problem: 409 });
  expect(await choosePlan(session, form({ plan: "pro" }))).toMatchObject({
    init: { status: 409 },
    data: { at: "review", terms: { plan: "pro" }, problem: { status: 409 } },
  });
});

test("a subscription is canceled on the version that was seen", async () => {
  const { session, asked, messages } = asking({}, { problem: 412 });
  expect(await redirected(cancelPlan(session, form({ version: "2" })))).toBe("/app/billing");
  expect(messages()).toEqual(["Plan canceled. You’re back on Free."]);
  expect(asked[0]?.call).toBe("DELETE /api/subscription");
  expect(asked[0]?.headers.get("if-match")).toBe('"2"');
  expect(await cancelPlan(session, form({ version: "2" }))).toMatchObject({
    init: { status: 412 },
    data: { at: "cancel" },
  });
});

test("plans, the subscription and invoices are read; no subscription is nothing", async () => {
  const { session, asked } = asking({ items: ["free"] }, { problem: 404 }, { items: [] });
  expect(await readPlans(session)).toEqual(["free"]);
  expect(await readSubscription(session)).toBeNull();
  await listInvoices(session, { limit: 5, cursor: "c" });
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/plans",
    "GET /api/subscription",
    "GET /api/invoices?limit=5&cursor=c",
  ]);
});
