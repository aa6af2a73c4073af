/** What there is to look at: every page of the fronts, which their manifests name, and states of some. */
import { expect, type Page } from "@playwright/test";
import { detailPagesOf, pagesOf } from "./pages.ts";

export type Person = "nobody" | "a new user" | "the demo user" | "an administrator" | "nobody in the admin";

export interface View {
  person: Person;
  path: string;
  /** Of the page, when it is not as it opens: the name of the picture. */
  state?: string;
  /** Brings the page into its state. */
  prepare?: (page: Page) => Promise<void>;
}

/** They see the demo data, which lie near today, and what happens in the stack. */
const WITH_DATA = new Set<Person>(["the demo user", "an administrator"]);
/** Where pages that show one thing are linked, when not on the list that their path begins with. */
const LINKED_ON: Record<string, string> = { "/billing/invoices/:invoiceId": "/billing/runs/:runId" };
/** Of what a stack that is well has none. */
const NO_SUCH: Record<string, string> = { "/events/letters/:kind/:letterId": "/events/letters/dead/1-0" };

const OPEN: View[] = [...views("nobody", pagesOf("front-public", "open")), { person: "nobody", path: "/no-such-page" }];
const USERS: View[] = [
  ...views("a new user", pagesOf("front-public", "behind the login")),
  ...views("the demo user", pagesOf("front-public", "behind the login")),
  ...views("the demo user", detailPagesOf("front-public")),
  { person: "the demo user", path: "/app/no-such-page" },
  { person: "the demo user", path: "/app", state: "bell", prepare: (page) => press(page, /^Notifications/) },
  { person: "a new user", path: "/app/billing", state: "choosing", prepare: (page) => press(page, "Choose Pro") },
];
const STAFF: View[] = [
  ...views("nobody in the admin", pagesOf("front-admin", "open")),
  ...views("an administrator", pagesOf("front-admin", "behind the login")),
  ...views("an administrator", detailPagesOf("front-admin")),
  { person: "an administrator", path: "/users?q=nobody-at-all", state: "nothing found" },
  { person: "an administrator", path: "/audit?actor=nobody&from=2026-11-01", state: "nothing found" },
  { person: "an administrator", path: "/events?kind=unsent", state: "unsent" },
  { person: "an administrator", path: "/feature-flags/no-such-flag" },
  { person: "an administrator", path: "/no-such-page" },
  { person: "an administrator", path: "/billing", state: "starting", prepare: (page) => press(page, "Start a run") },
];

export const VIEWS: View[] = [...OPEN, ...USERS, ...STAFF];

function views(person: Person, paths: string[]): View[] {
  return paths.map((path) => ({ person, path: NO_SUCH[path] ?? path }));
}

async function press(page: Page, name: string | RegExp) {
  await page.getByRole("button", { name }).first().click();
}

/** The address of the first thing that is linked where `path` says, such as `/traces/:correlationId`. */
async function firstOf(page: Page, path: string, base: string): Promise<string> {
  await page.goto(base + (await addressOf(page, LINKED_ON[path] ?? listOf(path), base)));
  const address = new RegExp(`^${path.replaceAll(/:\w+/g, "[^/?]+")}$`);
  const links = () => page.locator("main a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const find = async () => (await links()).find((href) => address.test(href));
  await expect.poll(find, `${page.url()} links to ${path}`).toBeTruthy();
  return (await find()) ?? "";
}

function addressOf(page: Page, path: string, base: string): Promise<string> | string {
  return path.includes(":") ? firstOf(page, path, base) : path;
}

/** `/billing` of `/billing/runs/:runId`, `/app/billing` of `/app/billing/invoices/:invoiceId`. */
function listOf(path: string): string {
  return /^(\/app)?\/[\w-]+/.exec(path)?.[0] ?? "/";
}

/** Whether its content differs from run to run. */
export function varies({ person }: View): boolean {
  return WITH_DATA.has(person);
}

/** `the-demo-user-app-billing-choosing`. */
export function nameOf({ person, path, state = "" }: View): string {
  const place = path.replace(/\?.*/, "").replaceAll(/\/:\w+/g, " one");
  return [person, place, state]
    .join(" ")
    .replace(/[^\w]+/g, "-")
    .replace(/-$/, "");
}

/** Opens the page and brings it into its state. */
export async function open(page: Page, view: View, base: string): Promise<void> {
  await page.goto(base + (await addressOf(page, view.path, base)));
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await view.prepare?.(page);
}
