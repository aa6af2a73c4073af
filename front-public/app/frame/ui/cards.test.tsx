/** Cards of the start page, and the lists of sessions and notifications: what they say when all is there, and when not. */

import type { Invoice, LoginEvent, Notification, Profile, Session, Subscription } from "@dashboard/front/api/types.ts";
import { shown } from "@dashboard/front/tests/shown.tsx";
import { expect, test } from "vitest";
import { NotificationList } from "../../features/notifications/ui/NotificationList.tsx";
import { Conflict } from "../../features/profile/ui/Conflict.tsx";
import { ProfileSummary } from "../../features/profile/ui/ProfileSummary.tsx";
import { LoginEvents } from "../../features/sessions/ui/LoginEvents.tsx";
import { SessionList } from "../../features/sessions/ui/SessionList.tsx";
import { PlanCard } from "./PlanCard.tsx";
import { ProfileCard } from "./ProfileCard.tsx";
import { RecentInvoices } from "./RecentInvoices.tsx";
import { RecentNotifications } from "./RecentNotifications.tsx";

const AWAY = { ok: false as const, problem: { type: "urn:x", title: "Unavailable", status: 503 } };
const AT = "2026-11-23T10:00:00Z";
const PROFILE: Profile = {
  id: "p1",
  user_id: "u1",
  name: "Ada Lovelace",
  display_name: "Ada",
  bio: "Numbers.",
  avatar_url: null,
  time_zone: "Europe/New_Place",
  locale: "en",
  theme: "dark",
  version: 4,
  created_at: AT,
  updated_at: AT,
};
const PLAN = { plan: "pro", state: "active", seats: 2, interval: "year", next_due_on: "2026-12-01" };
const plan = (changes = {}) => ({ ok: true as const, data: { ...PLAN, ...changes } as unknown as Subscription });

const links = (host: HTMLElement) =>
  [...host.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")]);

test.each([
  ["Your plan", <PlanCard key="a" subscription={AWAY} />],
  ["Your profile", <ProfileCard key="b" profile={AWAY} email={null} />],
  ["Your invoices", <RecentInvoices key="c" invoices={AWAY} />],
  ["Your notifications", <RecentNotifications key="d" latest={AWAY} />],
])("%s is named as away while its service is", (what, card) => {
  expect(shown(card).querySelector("[role=status]")?.textContent).toContain(`${what} can’t be shown right now.`);
  expect(shown(card).textContent).not.toMatch(/None yet|Nothing yet/);
});

test("a plan is shown with seats and interval; who has none is led to one", () => {
  const card = shown(<PlanCard subscription={plan()} />);
  expect(card.textContent).toContain("2 seats, billed yearly.");
  expect(card.textContent).toContain("Next invoice on December 1, 2026");
  expect(links(card)).toEqual([["Change", "/app/billing"]]);
  const alone = shown(<PlanCard subscription={plan({ seats: 1, next_due_on: null })} />).textContent;
  expect(alone).toContain("1 seat, billed");
  expect(alone).not.toContain("Next invoice");
  for (const none of [plan({ state: "canceled" }), { ok: true as const, data: null }])
    expect(links(shown(<PlanCard subscription={none} />))).toEqual([["Choose a plan", "/app/billing"]]);
});

test("a profile is shown by its display name, else by its name; without one a page makes it", () => {
  const card = shown(<ProfileCard profile={{ ok: true, data: PROFILE }} email="ada@example.com" />);
  expect([...card.querySelectorAll("p")].map((each) => each.textContent)).toEqual([
    "Ada",
    "ada@example.com",
    "Numbers.",
  ]);
  const plain = { ...PROFILE, display_name: null, bio: "" };
  const bare = shown(<ProfileCard profile={{ ok: true, data: plain }} email={null} />);
  expect([...bare.querySelectorAll("p")].map((each) => each.textContent)).toEqual(["Ada Lovelace"]);
  expect(links(shown(<ProfileCard profile={{ ok: true, data: null }} email={null} />))).toEqual([
    ["Create your profile", "/app/profile/create"],
  ]);
});

test("a summary shows both names, the place and since when", () => {
  const summary = shown(<ProfileSummary profile={PROFILE} />);
  expect(summary.querySelector("h2")?.textContent).toBe("Ada");
  expect(summary.querySelector("h2 + p")?.textContent).toBe("Ada Lovelace");
  expect(summary.textContent).toContain("Europe/New Place · joined November 23, 2026");
  expect(summary.textContent).toContain("Numbers.");
  const plain = shown(<ProfileSummary profile={{ ...PROFILE, display_name: null, bio: "" }} />);
  expect(plain.querySelector("h2")?.textContent).toBe("Ada Lovelace");
  expect(plain.querySelectorAll("p")).toHaveLength(1);
});

test("of two versions each field that differs is a choice, one's own first; the others go along", () => {
  const { name, display_name, bio, time_zone, locale } = PROFILE;
  const mine = { name, display_name, bio, time_zone, locale, display: undefined };
  const page = shown(<Conflict mine={mine} theirs={{ ...PROFILE, bio: "", version: 5 }} />);
  const chosen = page.querySelector("form#chosen") as HTMLFormElement;
  const radios = [...chosen.querySelectorAll<HTMLInputElement>("[type=radio]")];
  expect(radios.map(({ name, value }) => [name, value])).toEqual([
    ["bio", "Numbers."],
    ["bio", ""],
  ]);
  expect(radios.map((each) => each.hasAttribute("checked"))).toEqual([true, false]);
  expect(chosen.textContent).toContain("(empty)");
  const hidden = (form: string) =>
    [...page.querySelectorAll<HTMLInputElement>(`form#${form} [type=hidden]`)].map((each) => each.name);
  expect(hidden("chosen")).toEqual(["version", "name", "display_name", "time_zone", "locale"]);
  expect(hidden("all-mine")).toEqual(["version", "name", "display_name", "bio", "time_zone", "locale"]);
  expect(page.querySelector<HTMLInputElement>("[name=version]")?.value).toBe("5");
});

test("invoices and news are listed, the newest three of these; empty lists say so", () => {
  const invoice = { id: "i", number: "N-1", period: "2026-11", issued_at: AT, amount_minor: 100, currency: "EUR" };
  const some = { ok: true as const, data: { items: [invoice as Invoice], next_cursor: null } };
  expect(shown(<RecentInvoices invoices={some} />).querySelector("li")?.textContent).toContain("November 2026");
  const none = { ok: true as const, data: { items: [], next_cursor: null } };
  expect(shown(<RecentInvoices invoices={none} />).textContent).toContain("None yet.");
  expect(shown(<RecentInvoices invoices={some} />).textContent).not.toContain("None yet.");
  const news = (id: string) => ({ id, kind: "security", title: id, body: "", created_at: AT }) as Notification;
  const four = { ok: true as const, data: { items: ["a", "b", "c", "d"].map(news), next_cursor: null } };
  expect(shown(<RecentNotifications latest={four} />).querySelectorAll("li")).toHaveLength(3);
  expect(shown(<RecentNotifications latest={four} />).textContent).not.toContain("Nothing yet.");
  expect(shown(<RecentNotifications latest={none} />).textContent).toContain("Nothing yet.");
});

test("what is unread can be marked as read, everything can be deleted", () => {
  const unread = { id: "n1", kind: "security", title: "A", body: "", created_at: AT, read_at: null } as Notification;
  const list = shown(<NotificationList items={[unread, { ...unread, id: "n2", title: "B", read_at: AT }]} />);
  const labels = [...list.querySelectorAll("[aria-label]")].map((each) => each.getAttribute("aria-label"));
  expect(labels.filter((label) => /Mark|Delete/.test(label ?? ""))).toEqual([
    "Mark as read: A",
    "Delete: A",
    "Delete: B",
  ]);
  expect([...list.querySelectorAll<HTMLInputElement>("[name=id]")].map(({ value }) => value)).toEqual([
    "n1",
    "n1",
    "n2",
  ]);
});

test("the session of this browser is named, the others can be ended", () => {
  const agent = "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0";
  const here = { id: "s1", user_agent: agent, ip: "", last_used_at: AT, current: true } as Session;
  const list = shown(<SessionList sessions={[here, { ...here, id: "s2", ip: "203.0.113.9", current: false }]} />);
  const [one, other] = list.querySelectorAll("li.session");
  expect(one?.textContent).toContain("Firefox on WindowsThis devicelast active");
  expect(one?.querySelector("form")).toBeNull();
  expect(other?.textContent).toContain("203.0.113.9 · last active");
  expect(other?.textContent).not.toContain("This device");
  expect(other?.querySelector<HTMLInputElement>("[name=id]")?.value).toBe("s2");
});

test.each([
  ["succeeded", "Logged in"],
  ["failed", "Wrong password"],
  ["locked", "Locked out"],
])("a sign-in that %s says %s", (outcome, words) => {
  const event = { id: "e", outcome, user_agent: "curl/8", ip: "203.0.113.9", occurred_at: AT } as LoginEvent;
  expect(shown(<LoginEvents events={[event]} />).querySelector("li")?.textContent).toContain(
    `${words}curl · 203.0.113.9`,
  );
  const { textContent } = shown(<LoginEvents events={[{ ...event, ip: "" }]} />);
  expect(textContent).not.toContain(" · ");
  expect(textContent).not.toContain("Your sign-ins appear");
});

test("without a sign-in the list says when there will be one", () => {
  expect(shown(<LoginEvents events={[]} />).textContent).toContain("Your logins appear here");
});
