/** What there is to look at: every page of the fronts, which their manifests name, and states of some. */
import { expect, type Page } from "@playwright/test";
import { pagesOf } from "./pages.ts";

export type Person = "nobody" | "a new user" | "the demo user" | "an administrator" | "nobody in the admin";

export interface View {
  person: Person;
  path: string;
  /** Of the page, when it is not as it opens: the name of the picture. */
  state?: string;
  /** Brings the page into its state. */
  prepare?: (page: Page) => Promise<void>;
  /** Shows what happens in the stack meanwhile: its content differs from run to run. */
  isLive?: boolean;
}

const LIVE = new Set(["/", "/traces", "/audit", "/events", "/users"].map((path) => `an administrator ${path}`));

const OPEN: View[] = [...views("nobody", pagesOf("front-public", "open")), { person: "nobody", path: "/no-such-page" }];
const USERS: View[] = [
  ...views("a new user", pagesOf("front-public", "behind the login")),
  ...views("the demo user", pagesOf("front-public", "behind the login")),
  { person: "the demo user", path: "/app/no-such-page" },
  { person: "the demo user", path: "/app", state: "bell", prepare: (page) => press(page, /^Notifications/) },
  { person: "a new user", path: "/app/billing", state: "choosing", prepare: (page) => press(page, "Choose Pro") },
];
const STAFF: View[] = [
  ...views("nobody in the admin", pagesOf("front-admin", "open")),
  ...views("an administrator", pagesOf("front-admin", "behind the login")),
  { person: "an administrator", path: "/users?q=nobody-at-all", state: "nothing found" },
  { person: "an administrator", path: "/audit?actor=nobody&from=2026-11-01", state: "nothing found" },
  { person: "an administrator", path: "/events?kind=unsent", state: "unsent" },
  { person: "an administrator", path: "/events", state: "one", prepare: openEvent, isLive: true },
  { person: "an administrator", path: "/events/letters/dead/1-0" },
  { person: "an administrator", path: "/feature-flags/announcements" },
  { person: "an administrator", path: "/feature-flags/no-such-flag" },
  { person: "an administrator", path: "/traces", state: "one", prepare: openTrace, isLive: true },
  { person: "an administrator", path: "/no-such-page" },
  { person: "an administrator", path: "/billing", state: "starting", prepare: (page) => press(page, "Start a run") },
];

export const VIEWS: View[] = [...OPEN, ...USERS, ...STAFF];

function views(person: Person, paths: string[]): View[] {
  return paths.map((path) => ({ person, path, isLive: LIVE.has(`${person} ${path}`) }));
}

async function press(page: Page, name: string | RegExp) {
  await page.getByRole("button", { name }).first().click();
}

async function openTrace(page: Page) {
  await page.locator(".traces").getByRole("link").first().click();
  await expect(page.locator(".waterfall")).toBeVisible();
}

async function openEvent(page: Page) {
  await page.locator(".events").getByRole("link").first().click();
  await expect(page.locator(".facts")).toBeVisible();
}

/** `the-demo-user-app-billing-choosing`. */
export function nameOf({ person, path, state = "" }: View): string {
  const place = path.replace(/\?.*/, "");
  return [person, place, state]
    .join(" ")
    .replace(/[^\w]+/g, "-")
    .replace(/-$/, "");
}

/** Opens the page and brings it into its state. */
export async function open(page: Page, view: View, base: string): Promise<void> {
  await page.goto(base + view.path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await view.prepare?.(page);
}
