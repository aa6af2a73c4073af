/** People to test with: a new one for each test, and the three that every development stack has. */
import { readFileSync } from "node:fs";
import { type APIRequestContext, type BrowserContext, expect, type Page } from "@playwright/test";
import { ACCOUNTS, PUBLIC_URL } from "./addresses.ts";

export interface Account {
  email: string;
  password: string;
  name: string;
}

/** Nobody yet: an address that no other test uses. */
export function stranger(name = "Test User"): Account {
  const id = crypto.randomUUID().slice(0, 8);
  return { email: `e2e-${id}@example.com`, password: `secret sentence ${id}`, name };
}

export async function register(request: APIRequestContext, account = stranger()): Promise<Account> {
  const response = await request.post(`${PUBLIC_URL}/api/user-registration`, { data: account });
  expect(response.status(), await response.text()).toBe(202);
  return account;
}

/** Logs this browser in at a front (`url`), by its own form. */
export async function logIn(context: BrowserContext, account: Pick<Account, "email" | "password">, url = PUBLIC_URL) {
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("button", { name: /^Your account/ })).toBeVisible();
  await page.close();
}

/** By the menu of the account. */
export async function logOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Your account/ }).click();
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(page.locator(".success-message")).toContainText("logged out");
}

/** The id of whoever is logged in on this page's browser. */
export async function idOf(page: Page): Promise<string> {
  const cookie = (await page.context().cookies()).find(({ name }) => name === "dashboard_access");
  const headers = { authorization: `Bearer ${cookie?.value}` };
  const me = await page.request.get(`${PUBLIC_URL}/api/me`, { headers });
  return ((await me.json()) as { user: { id: string } }).user.id;
}

export function demoAccount(role: "admin" | "support" | "user"): Account {
  const accounts = JSON.parse(readFileSync(ACCOUNTS, "utf8")) as (Account & { role: string })[];
  const account = accounts.find((candidate) => candidate.role === role);
  if (!account) throw new Error(`${ACCOUNTS} has no account of role ${role}`);
  return account;
}
