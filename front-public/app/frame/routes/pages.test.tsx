/** Pages with their loaders and actions: what they ask, what they show when a service is away, where their forms lead. */
import { featureRegistry } from "@dashboard/front/features/feature-registry.server.ts";
import { form } from "@dashboard/front/tests/asking.ts";
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { afterEach, expect, test, vi } from "vitest";
import * as login from "../../features/authentication/routes/login.tsx";
import * as billing from "../../features/billing/routes/index.tsx";
import * as notifications from "../../features/notifications/routes/index.tsx";
import * as create from "../../features/profile/routes/create.tsx";
import * as profile from "../../features/profile/routes/view.tsx";
import * as register from "../../features/user-registration/routes/register.tsx";
import * as dashboard from "./dashboard.tsx";
import * as settings from "./settings.tsx";

const AWAY = { problem: 503 };
const NONE = { items: [], next_cursor: null };
const PRICE = { currency: "EUR", interval: "month", amount_minor: 1_200 };
const PLANS = { items: [{ id: "pro", name: "Pro", description: "All.", features: [], prices: [PRICE] }] };
const RUNNING = { plan: "pro", state: "active", seats: 2, interval: "month", currency: "EUR", version: 1 };
const PROFILE = {
  name: "Ada",
  bio: "",
  time_zone: "UTC",
  locale: "en",
  theme: "dark",
  version: 1,
  created_at: "2026-11-23T10:00:00Z",
};

afterEach(() => vi.unstubAllGlobals());

test.each([
  [dashboard, "Dashboard"],
  [settings, "Settings"],
  [billing, "Billing"],
  [profile, "Your profile"],
  [create, "Create your profile"],
  [notifications, "Notifications"],
  [login, "Log in"],
  [register, "Register"],
])("each page has its title (%#)", ({ meta }, title) => {
  expect((meta as () => object[])()).toEqual([{ title: `${title} · Tools Dashboard` }]);
});

test("billing asks for plans, the subscription and a page of invoices, and shows them", async () => {
  const { host, asked } = await openPage(billing, "/app/billing?cursor=c", PLANS, RUNNING, NONE);
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/plans",
    "GET /api/subscription",
    "GET /api/invoices?limit=10&cursor=c",
  ]);
  expect(host.querySelector(".current-plan")).not.toBeNull();
  expect(host.querySelector("#plans")?.textContent).toBe("Change your plan");
  expect(host.textContent).toContain("No invoices yet");
});

test("without a running plan one is chosen; what is away is named, the rest is shown", async () => {
  const canceled = await openPage(billing, "/app/billing", PLANS, { ...RUNNING, state: "canceled" }, NONE);
  expect(canceled.host.querySelector(".current-plan")).toBeNull();
  expect(canceled.host.querySelector("#plans")?.textContent).toBe("Choose a plan");
  const away = await openPage(billing, "/app/billing", AWAY, AWAY, AWAY);
  expect(away.host.querySelectorAll(".unavailable")).toHaveLength(3);
  expect(away.host.textContent).not.toContain("No invoices yet");
  const unknown = await openPage(billing, "/app/billing", PLANS, AWAY, NONE);
  expect(unknown.host.querySelector("#plans")).toBeNull();
});

test("a plan's button takes it, another cancels, and a refusal is shown", async () => {
  const { send, here, host } = await openPage(billing, "/app/billing", PLANS, RUNNING, NONE, { problem: 409 });
  await send(form({ intent: "subscribe", plan: "pro" }));
  expect(host.querySelector("[role=alert]")).not.toBeNull();
  const taken = await openPage(billing, "/app/billing", PLANS, RUNNING, NONE, RUNNING, PLANS, RUNNING, NONE);
  await taken.send(form({ intent: "subscribe", plan: "pro" }));
  expect([taken.here(), taken.messages()]).toEqual(["/app/billing", ["You’re on Pro."]]);
  const ended = await openPage(billing, "/app/billing", PLANS, RUNNING, NONE, {}, PLANS, RUNNING, NONE);
  await ended.send(form({ intent: "cancel", version: "1" }));
  expect([ended.here(), ended.messages()]).toEqual(["/app/billing", ["Plan canceled. You’re back on Free."]]);
  expect(here()).toBe("/app/billing");
});

test.each([{ intent: "review-free", plan: "pro" }, { plan: "" }])(
  "a button that billing does not have is refused",
  async (sent) => {
    const { send, host, asked } = await openPage(billing, "/app/billing", PLANS, RUNNING, NONE);
    await send(form(sent as Record<string, string>));
    expect(host.textContent).toBe("refused");
    expect(asked).toHaveLength(3);
  },
);

test("a profile is shown, created, or named as away", async () => {
  const known = await openPage(profile, "/app/profile", PROFILE);
  expect(known.host.querySelector("h2")?.textContent).toBe("Ada");
  const none = await openPage(profile, "/app/profile", { problem: 404 });
  expect(none.host.textContent).toContain("You have no profile yet");
  expect(none.host.querySelector(".unavailable")).toBeNull();
  const away = await openPage(profile, "/app/profile", AWAY);
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
  expect(away.host.textContent).not.toContain("You have no profile yet");
});

test.each([
  ["save", "PATCH /api/profile"],
  ["overwrite", "PATCH /api/profile"],
  ["remove-avatar", "DELETE /api/profile/avatar"],
  ["delete", "DELETE /api/profile"],
])("the profile's button %s asks for %s", async (intent, call) => {
  const { send, asked } = await openPage(profile, "/app/profile", PROFILE, PROFILE, PROFILE);
  await send(form({ intent, version: "1", name: "Ada" }));
  expect(asked[1]?.call).toBe(call);
});

test("who saves second chooses between both versions", async () => {
  const { send, host } = await openPage(profile, "/app/profile", PROFILE, { problem: 412, current: PROFILE }, PROFILE);
  await send(form({ intent: "save", version: "1", name: "Ada King", time_zone: "UTC", locale: "en" }));
  expect(host.querySelector(".conflict")).not.toBeNull();
});

test("a profile is made once: who has one is led to it", async () => {
  const had = await openPage(create, "/app/profile/create", PROFILE);
  expect(had.here()).toBe("/app/profile");
  const made = await openPage(create, "/app/profile/create", { problem: 404 }, { user: { name: "Ada King" } }, PROFILE);
  expect(made.host.querySelector("[name=name]")?.getAttribute("value")).toBe("Ada King");
  await made.send(form({ name: "Ada" }));
  expect([made.here(), made.messages()]).toEqual(["/app/profile", ["Profile created."]]);
  const refused = await openPage(create, "/app/profile/create", AWAY, AWAY, { problem: 422 }, AWAY, AWAY);
  await refused.send(form({ name: "Ada" }));
  expect(refused.host.querySelector<HTMLInputElement>("[name=name]")?.value).toBe("Ada");
});

test("settings show what there is and name what is away", async () => {
  const hasSessions = vi.spyOn(featureRegistry, "isEnabled").mockResolvedValue(true);
  const away = await openPage(settings, "/app/settings", AWAY, AWAY, AWAY);
  expect(away.host.querySelectorAll(".unavailable")).toHaveLength(3);
  const { send, here, asked } = await openPage(settings, "/app/settings", AWAY, AWAY, AWAY, {}, AWAY, AWAY, AWAY);
  await send(form({ intent: "revoke", id: "s1" }));
  expect(asked.map(({ call }) => call)).toContain("DELETE /api/auth/sessions/s1");
  expect(here()).toBe("/app/settings");
  hasSessions.mockResolvedValue(false);
  const off = await openPage(settings, "/app/settings", AWAY);
  expect(off.asked).toHaveLength(1);
  expect(off.host.textContent).not.toContain("Active sessions");
});

test("the list of notifications is narrowed by its address; an empty one says why", async () => {
  const { host, asked } = await openPage(notifications, "/app/notifications?unread=true&cursor=c", NONE);
  expect(asked[0]?.call).toBe("GET /api/notifications?limit=20&cursor=c&unread=true");
  expect(host.textContent).toContain("All caught up");
  const away = await openPage(notifications, "/app/notifications", AWAY);
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
  expect(away.host.textContent).not.toContain("Nothing here yet");
  const item = { id: "n1", kind: "security", title: "A", body: "", created_at: PROFILE.created_at, read_at: null };
  const unread = await openPage(notifications, "/app/notifications", { items: [item], next_cursor: null });
  expect(unread.host.querySelector("header")?.textContent).toContain("Mark all as read");
  const read = { ...item, read_at: PROFILE.created_at };
  const all = await openPage(notifications, "/app/notifications", { items: [read], next_cursor: null });
  expect(all.host.querySelector("header")?.textContent).not.toContain("Mark all as read");
});

test("who is logged in needs no login page", async () => {
  expect((await openPage(login, "/login?next=%2Fapp%2Fbilling")).here()).toBe("/app/billing");
});

test("after registration the page says where the link went; what is refused keeps what was typed", async () => {
  const { send, host, asked } = await openPage(register, "/register", { email: "ada@example.com" });
  await send(form({ email: " ada@example.com ", name: " ", password: "p" }));
  expect(asked[0]?.json).toEqual({ email: "ada@example.com", password: "p" });
  expect(host.textContent).toContain("ada@example.com");
  const refused = await openPage(register, "/register", { problem: 422 });
  await refused.send(form({ email: "ada@example.com", name: "Ada", password: "p" }));
  expect(refused.host.querySelector<HTMLInputElement>("[name=name]")?.value).toBe("Ada");
});
