/** An administrator's way to an announcement, and the people who look at what arrives. */
import { type Browser, expect, type Page } from "@playwright/test";
import { type Account, logIn } from "./accounts.ts";
import { PUBLIC_URL } from "./addresses.ts";

/**
 * Fills the form and waits for the question whether to send it. Tests that run at the same time count what arrives: they are spared by
 * an audience of two roles that only demo accounts have.
 */
export async function review(adminPage: Page, title: string, audience: "everybody" | "team"): Promise<void> {
  await adminPage.goto("/announcements");
  await adminPage.getByLabel("Title").fill(title);
  await adminPage.getByLabel("Text", { exact: true }).fill("From 22:00 to 23:00 UTC.");
  if (audience === "team")
    for (const role of ["Support", "Administrators"]) await adminPage.getByLabel(role, { exact: true }).check();
  await adminPage.getByRole("button", { name: "Review and send" }).click();
  await expect(adminPage.getByRole("dialog")).toContainText(title);
}

export async function send(adminPage: Page): Promise<void> {
  await adminPage.getByRole("button", { name: /^Send to .*(people|person)/ }).click();
  await expect(adminPage.locator(".success-message")).toContainText("Sending");
}

export async function announce(adminPage: Page, title: string): Promise<void> {
  await review(adminPage, title, "team");
  await send(adminPage);
}

export const newTitle = (): string => `Maintenance ${crypto.randomUUID().slice(0, 8)}`;

/** A browser of `account`, live, with nothing unread. */
export async function watch(browser: Browser, account: Account): Promise<Page> {
  const context = await browser.newContext({ baseURL: PUBLIC_URL });
  await logIn(context, account);
  const page = await context.newPage();
  await page.goto("/app/notifications");
  const readAll = page.getByRole("button", { name: "Mark all as read" });
  if (await readAll.isVisible()) await readAll.click();
  await expect(page.locator(".unread-count")).toHaveCount(0);
  await page.goto("/app");
  await isLive(page);
  return page;
}

export const isLive = (page: Page) =>
  expect(page.locator(".live-indicator")).toContainText("Live", { timeout: 120_000 });
