/** Plans, the running one and invoices as a page shows them. */
import type { Invoice, Plan, Subscription } from "@dashboard/front/api/types.ts";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { CurrentPlan } from "./CurrentPlan.tsx";
import { InvoiceList } from "./InvoiceList.tsx";
import { PlanOffer } from "./PlanOffer.tsx";

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

function shown(element: React.ReactNode): HTMLElement {
  const host = document.createElement("div");
  const router = createMemoryRouter([{ path: "*", element }]);
  host.innerHTML = renderToStaticMarkup(<RouterProvider router={router} />);
  return host;
}

const field = (host: HTMLElement, name: string) => host.querySelector(`[name="${name}"]`) as HTMLInputElement | null;
const prices = (host: HTMLElement) => host.querySelector("article > div + p + div")?.textContent;
const opener = (host: HTMLElement) => host.querySelector("button[command=show-modal]")?.textContent;

test("a plan is offered with its prices in the first currency, its features and its choices", () => {
  const offer = shown(<PlanOffer plan={PRO} current={null} />);
  expect(offer.querySelector("h3")?.textContent).toBe("Pro");
  expect(prices(offer)).toBe("€12.00per seat and monthor €120.00 per seat and year");
  expect([...offer.querySelectorAll("article > ul li")].map((item) => item.textContent)).toEqual(["A", "B"]);
  expect(opener(offer)).toBe("Choose Pro");
  expect(offer.querySelector("dialog h2")?.textContent).toBe("Choose Pro?");
  expect(field(offer, "plan")?.value).toBe("pro");
  expect(field(offer, "version")).toBeNull();
  expect(field(offer, "seats")?.getAttribute("value")).toBe("1");
  expect([...offer.querySelectorAll("[name=currency] option")].map((each) => each.textContent)).toEqual(["EUR", "USD"]);
  expect(offer.textContent).toContain("You are billed in advance");
  expect(offer.textContent).not.toContain("Your plan");
});

test("the plan that one has can be changed, in its own currency and on its version", () => {
  const offer = shown(<PlanOffer plan={PRO} current={RUNNING} />);
  expect(offer.textContent).toContain("Your plan");
  expect(opener(offer)).toBe("Change seats or interval");
  expect(prices(offer)).toBe("$13.00per seat and month");
  expect(field(offer, "version")?.value).toBe("3");
  expect(field(offer, "currency")?.value).toBe("USD");
  expect(field(offer, "currency")?.type).toBe("hidden");
  expect(field(offer, "seats")?.getAttribute("value")).toBe("7");
  expect(offer.querySelector("[name=interval] option[selected]")?.textContent).toBe("Year");
});

test("from another plan one changes to it", () => {
  const offer = shown(<PlanOffer plan={PRO} current={{ ...RUNNING, plan: "team" } as unknown as Subscription} />);
  expect(opener(offer)).toBe("Change to Pro");
  expect(offer.textContent).not.toContain("Your plan");
});

test("what costs nothing asks for no seats, and cannot be changed by who has it", () => {
  const offer = shown(<PlanOffer plan={FREE} current={null} />);
  expect(prices(offer)).toBe("€0.00for as long as you like");
  expect(field(offer, "seats")).toBeNull();
  expect(offer.textContent).toContain("It costs nothing.");
  expect(opener(offer)).toBe("Choose Free");
  const had = { ...RUNNING, plan: "free", currency: "EUR" } as Subscription;
  expect(opener(shown(<PlanOffer plan={FREE} current={had} />))).toBeUndefined();
});

test("a plan without a price in one's currency shows none", () => {
  const offer = shown(<PlanOffer plan={PRO} current={{ ...RUNNING, currency: "GBP" } as unknown as Subscription} />);
  expect(prices(offer)).toBeUndefined();
});

test("the running plan says its seats, its interval and what comes next, and can be canceled", () => {
  const plan = shown(<CurrentPlan subscription={RUNNING} />);
  expect(plan.querySelector("strong")?.textContent).toBe("pro");
  expect(plan.textContent).toContain("7 seats, billed by the year, next period from December 1, 2026.");
  expect(field(plan, "version")?.value).toBe("3");
  expect(plan.querySelector("dialog button[type=submit]")?.getAttribute("value")).toBe("cancel");
  const alone = shown(<CurrentPlan subscription={{ ...RUNNING, seats: 1, next_due_on: null } as Subscription} />);
  expect(alone.textContent).toContain("One seat, billed by the year.");
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
