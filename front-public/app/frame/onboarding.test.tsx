/** The first steps of an account, the sentence that greets it, and the next invoice. */

import type { Plan, Subscription } from "@dashboard/front/api/types.ts";
import { shown } from "@dashboard/front/tests/shown.tsx";
import { expect, test } from "vitest";
import { activityOf } from "./activity.server.ts";
import { firstSteps, greeting } from "./onboarding.ts";
import { Checklist } from "./ui/Checklist.tsx";
import { NextInvoice } from "./ui/NextInvoice.tsx";
import { RecentActivity } from "./ui/RecentActivity.tsx";

const AWAY = { ok: false as const, problem: { type: "urn:x", title: "Unavailable", status: 503 } };
const has = (data: unknown) => ({ ok: true as const, data }) as never;
const NEW = { me: has({ email_verified_at: null }), profile: has(null), subscription: has(null), preferences: has({ version: 0 }) }; // biome-ignore format: one account
const VERIFIED = has({ email_verified_at: "2026-11-23T10:00:00Z" });
const DONE = { me: VERIFIED, profile: has({}), subscription: has({ state: "active" }), preferences: has({ version: 1 }) }; // biome-ignore format: one account
const open = (known: typeof NEW) =>
  firstSteps(known)
    .filter(({ done }) => !done)
    .map(({ title }) => title);

test("a new account has four steps, and one that has done them none", () => {
  expect(open(NEW)).toEqual([
    "Confirm your email address",
    "Create your profile",
    "Choose a plan",
    "Choose your notifications",
  ]);
  expect(firstSteps(DONE)).toEqual([]);
});

test.each([
  ["me", "Confirm your email address"],
  ["profile", "Create your profile"],
  ["subscription", "Choose a plan"],
  ["preferences", "Choose your notifications"],
] as const)("without %s one step is open, and what is done stays to be seen", (name, title) => {
  const known = { ...DONE, [name]: NEW[name] };
  expect(open(known)).toEqual([title]);
  expect(firstSteps(known)).toHaveLength(4);
  expect(firstSteps({ ...DONE, [name]: AWAY })).toEqual([]);
});

test("a canceled plan is none", () =>
  expect(open({ ...DONE, subscription: has({ state: "canceled" }) })).toHaveLength(1));

test("the list leads to each open step, the next one first, and says how many are done", () => {
  const host = shown(<Checklist steps={firstSteps({ ...NEW, me: VERIFIED })} />);
  expect(host.textContent).toContain("1 of 4 done");
  expect(host.querySelector("li")?.textContent).toBe("Email address confirmed, done");
  expect([...host.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "/app/profile/create",
    "/app/billing",
    "/app/settings",
  ]);
  expect(shown(<Checklist steps={[]} />).innerHTML).toBe("");
});

test.each([
  [[AWAY, AWAY], NEW, 3, "Nothing is lost. Your dashboard comes back automatically."],
  [[AWAY, has(1)], NEW, 3, "Welcome! Four quick steps to get started."],
  [[has(1)], { ...NEW, me: VERIFIED }, 0, "3 steps left to set up your account."],
  [[has(1)], { ...DONE, preferences: NEW.preferences }, 0, "One step left to set up your account."],
  [[has(1)], DONE, 1, "You have one unread notification."],
  [[has(1)], DONE, 12, "You have 12 unread notifications."],
  [[has(1)], DONE, 0, "You’re all caught up."],
])("the greeting fits the state (%#)", (parts, known, unread, words) => {
  expect(greeting(parts, firstSteps(known), unread)).toBe(words);
});

test("the next invoice has its day and amount; what costs nothing has none", () => {
  const subscription = {
    plan: "pro",
    interval: "year",
    currency: "USD",
    seats: 7,
    next_due_on: "2027-11-29",
  } as Subscription;
  const price = { interval: "year", currency: "USD", amount_minor: 14_000 };
  const plans = [{ id: "pro", prices: [{ ...price, currency: "EUR" }, price] }] as Plan[];
  const textOf = (plan: Subscription, sold: Plan[]) =>
    shown(<NextInvoice subscription={plan} plans={sold} />).textContent;
  expect(textOf(subscription, plans)).toBe("Next invoice on November 29, 2027$980.00");
  expect(textOf(subscription, [])).toBe("Next invoice on November 29, 2027");
  expect(textOf({ ...subscription, next_due_on: null }, plans)).toBe("");
});

test("activity is shown with its device; what is away is named", () => {
  const event = { id: "e1", outcome: "failed", user_agent: "curl/8", ip: "", occurred_at: "2026-11-23T10:00:00Z" };
  const host = shown(<RecentActivity activity={activityOf(has({ items: [event] }))} />);
  expect(host.querySelector("li")?.textContent).toContain("Wrong password · curl");
  expect(shown(<RecentActivity activity={activityOf(AWAY)} />).querySelector(".unavailable")?.textContent).toContain(
    "Your activity",
  );
  expect(shown(<RecentActivity activity={has([])} />).textContent).toContain("Your logins appear here");
});
