/** Plans, the running one and invoices as a page shows them. */

import type { Invoice, Plan, Problem, Subscription } from "@dashboard/front/api/types.ts";
import { shown } from "@dashboard/front/tests/shown.tsx";
import { PreferencesContext } from "@dashboard/front/ui/when.tsx";
import { expect, test } from "vitest";
import type { Answer } from "../actions.server.ts";
import { SEATS_RULE, seatsProblem, type Terms, totalOf } from "../terms.ts";
import { CurrentPlan } from "./CurrentPlan.tsx";
import { InvoiceList } from "./InvoiceList.tsx";
import { PlanOffer } from "./PlanOffer.tsx";
import { Review } from "./Review.tsx";

const PRICES = [
  { currency: "EUR", interval: "month", amount_minor: 1_200 },
  { currency: "EUR", interval: "year", amount_minor: 12_000 },
  { currency: "USD", interval: "month", amount_minor: 1_300 },
];
const PRO = {
  id: "pro",
  name: "Pro",
  description: "For many.",
  features: ["A", "B"],
  prices: PRICES,
} as unknown as Plan;
const FREE = { ...PRO, id: "free", name: "Free", prices: [{ ...PRICES[0], amount_minor: 0 }] } as unknown as Plan;
const RUNNING = {
  plan: "pro",
  seats: 7,
  interval: "year",
  currency: "USD",
  next_due_on: "2026-12-01",
  version: 3,
} as unknown as Subscription;

const TERMS: Terms = { plan: "pro", interval: "year", currency: "EUR", seats: 1 };
const TODAY = "2026-11-23";

const field = (host: HTMLElement, name: string) => host.querySelector(`[name="${name}"]`) as HTMLInputElement | null;
const prices = (host: HTMLElement) => host.querySelector("article > div + p + div, article > p + p")?.textContent;
const button = (host: HTMLElement) => host.querySelector("article button[type=submit]")?.textContent;
const offered = (plan: Plan, current: Subscription | null, answer?: Answer) =>
  shown(<PlanOffer plan={plan} current={current} answer={answer} />);
const reviewed = (plan: Plan, terms: object, current: Subscription | null = null, problem?: Problem) =>
  shown(
    <Review
      plan={plan}
      terms={{ ...TERMS, ...terms }}
      current={current}
      version={current ? "2" : ""}
      problem={problem}
      today={TODAY}
    />,
  );

test("a plan is offered with its prices in the first currency, its features and its choices", () => {
  const offer = offered(PRO, null);
  expect(offer.querySelector("h3")?.textContent).toBe("Pro");
  expect(prices(offer)).toBe("€12.00per seat / monthor €120.00 per seat a year");
  expect([...offer.querySelectorAll("article > ul li")].map((item) => item.textContent)).toEqual(["A", "B"]);
  expect(button(offer)).toBe("Choose Pro");
  expect(field(offer, "plan")?.value).toBe("pro");
  expect(field(offer, "seats")?.getAttribute("value")).toBe("1");
  expect([...offer.querySelectorAll("[name=currency] option")].map((each) => each.textContent)).toEqual(["EUR", "USD"]);
  expect(offer.textContent).not.toContain("Your plan");
});

test("who writes dates as Americans do is offered dollars first", () => {
  const offer = shown(
    <PreferencesContext value={{ locale: "en-US", timeZone: "UTC" }}>
      <PlanOffer plan={PRO} current={null} answer={undefined} />
    </PreferencesContext>,
  );
  expect(prices(offer)).toBe("$13.00per seat / month");
});

test("the plan that one has can be changed, in its own currency", () => {
  const offer = offered(PRO, RUNNING);
  expect(offer.textContent).toContain("Your plan");
  expect(button(offer)).toBe("Change seats or billing");
  expect(field(offer, "version")?.value).toBe("3");
  expect(prices(offer)).toBe("or $13.00 per seat a month");
  expect([field(offer, "currency")?.value, field(offer, "currency")?.type]).toEqual(["USD", "hidden"]);
  expect(field(offer, "seats")?.getAttribute("value")).toBe("7");
  expect(offer.querySelector("[name=interval] option[selected]")?.textContent).toBe("Yearly");
});

test("from another plan one chooses it; back to the free one leads only canceling", () => {
  expect(button(offered(PRO, { ...RUNNING, plan: "free" } as Subscription))).toBe("Choose Pro");
  const back = offered(FREE, RUNNING);
  expect(button(back)).toBeUndefined();
  expect(back.textContent).toContain("You return to Free when you cancel your plan.");
});

test("what costs nothing asks for no seats, is in no currency, and cannot be changed by who has it", () => {
  const offer = offered(FREE, null);
  expect(prices(offer)).toBe("Free");
  expect(field(offer, "seats")).toBeNull();
  expect(button(offer)).toBe("Choose Free");
  expect(button(offered(FREE, { ...RUNNING, plan: "free", currency: "EUR" } as Subscription))).toBeUndefined();
});

test("refused seats are said at their field, and what was chosen stays", () => {
  const terms = { ...TERMS, seats: 0 };
  const problem = seatsProblem(terms) ?? undefined;
  const offer = offered(PRO, null, { at: "plan", terms, problem });
  expect(offer.querySelector(".field-error")?.textContent).toBe("Seats must be between 1 and 1,000.");
  expect(field(offer, "seats")?.getAttribute("value")).toBe("0");
  expect(field(offer, "seats")?.getAttribute("aria-invalid")).toBe("true");
});

test.each([0, 1001, 1.5, Number.NaN, -1])("%d seats have no sum", (seats) => {
  expect(seatsProblem({ ...TERMS, seats })?.errors?.[0]?.message).toBe(SEATS_RULE);
  expect(totalOf(PRO, { ...TERMS, seats })).toBeNull();
});

test.each([1, 7, 1000])("%d seats cost so many times the price of one", (seats) => {
  expect(seatsProblem({ ...TERMS, seats })).toBeNull();
  expect(totalOf(PRO, { ...TERMS, seats })).toBe(12_000 * seats);
});

test("before it is bought one sees seats, price, sum and the day of the first invoice", () => {
  const review = reviewed(PRO, { seats: 7 });
  expect(review.querySelector("dialog h2")?.textContent).toBe("Subscribe to Pro?");
  expect(review.querySelector("dialog")?.textContent).toContain("7 seats × €120.00 a year = €840.00 a year");
  expect(review.textContent).toContain("first invoice is due today, November 23, 2026");
  expect(review.querySelector("button[type=submit]")?.textContent).toBe("Subscribe for €840.00 a year");
  expect(field(review, "version")).toBeNull();
  expect(["plan", "seats", "interval", "currency"].map((name) => field(review, name)?.value)).toEqual([
    "pro",
    "7",
    "year",
    "EUR",
  ]);
});

test("a change is reviewed on its version, with the day from which it applies", () => {
  const change = reviewed(PRO, { currency: "USD", interval: "month", seats: 2 }, RUNNING);
  expect(change.querySelector("h2")?.textContent).toBe("Change your Pro plan?");
  expect(change.textContent).toContain("from your next invoice on December 1, 2026");
  expect(change.querySelector("button[type=submit]")?.textContent).toBe("Change to $26.00 a month");
  expect(field(change, "version")?.value).toBe("2");
  const due = reviewed(PRO, {}, { ...RUNNING, next_due_on: TODAY } as Subscription);
  expect(due.textContent).toContain("your next invoice, which is due now");
});

test("what costs nothing is chosen, and what is not sold that way is not", () => {
  const free = reviewed(FREE, { plan: "free", interval: "month" });
  expect(free.querySelector("button[type=submit]")?.textContent).toBe("Choose Free");
  expect(free.textContent).toContain("It’s free.");
  expect(reviewed(PRO, { currency: "USD" }).querySelector("[role=alert]")?.textContent).toContain(
    "isn’t available with these options",
  );
});

test("why it was refused stands in the open review", () => {
  const problem = { type: "urn:x", title: "No", status: 409, detail: "Confirm your address first." };
  const review = reviewed(PRO, {}, null, problem);
  expect(review.querySelector("dialog")?.open).toBe(true);
  expect(review.querySelector("dialog [role=alert]")?.textContent).toBe("Confirm your address first.");
});

const current = (changes: object, plan: Plan | undefined = PRO) =>
  shown(
    <CurrentPlan
      subscription={{ ...RUNNING, ...changes } as Subscription}
      plan={plan}
      today={TODAY}
      problem={undefined}
    />,
  );

test("the running plan says its seats, its price and when it renews, and canceling says what ends", () => {
  const plan = current({ currency: "EUR" });
  expect(plan.querySelector("strong")?.textContent).toBe("Pro");
  expect(plan.textContent).toContain("7 seats, €840.00 a year, renews December 1, 2026");
  expect(field(plan, "version")?.value).toBe("3");
  expect(plan.querySelector("dialog button[type=submit]")?.textContent).toBe("Cancel Pro");
  expect(plan.querySelector("dialog")?.textContent).toContain("invoiced for lasts until December 1, 2026");
  const due = current({ next_due_on: TODAY, currency: "EUR", seats: 1, interval: "month" });
  expect(due.textContent).toContain("1 seat, €12.00 a month, invoice due now");
  expect(due.querySelector("dialog")?.textContent).not.toContain("lasts until");
});

test("a price that is not known is left out, and what is free cannot be canceled", () => {
  expect(current({}).textContent).toContain("7 seats, billed yearly, renews");
  const free = current({ plan: "free", next_due_on: null }, FREE);
  expect(free.textContent).toContain("FreeActiveFree");
  expect(free.querySelector("dialog")).toBeNull();
});

test.each([
  ["issued", "Issued"],
  ["paid", "Paid"],
  ["failed", "Failed"],
])("an invoice that is %s says %s, with its lines", (state, words) => {
  const invoice = {
    id: "i1",
    number: "2026-000042",
    period: "2026-11",
    plan: "pro",
    amount_minor: 3_600,
    currency: "EUR",
    state,
    issued_at: "2026-11-23T10:00:00Z",
    lines: [{ description: "Pro (monthly)", quantity: 3, unit_amount_minor: 1_200, amount_minor: 3_600 }],
  } as unknown as Invoice;
  const list = shown(<InvoiceList invoices={[invoice]} />);
  const summary = list.querySelector("summary")?.textContent ?? "";
  for (const part of ["November 2026", "· pro", "2026-000042", "November 23, 2026", "€36.00", words])
    expect(summary).toContain(part);
  expect(list.querySelector("details > ul li")?.textContent).toBe("3 × Pro (monthly)€36.00");
});
