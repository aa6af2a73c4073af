import type { Page } from "@playwright/test";
import { demoAccount } from "./support/accounts.ts";
import { announce, isLive, newTitle, review, watch } from "./support/announcements.ts";
import { expect, test } from "./support/test.ts";

// All of them announce to the same few people.
test.describe.configure({ mode: "default" });

const SOON = { timeout: 120_000 };
const toast = (page: Page, title: string) => page.locator(".toast", { hasText: title });

test("an announcement shows once in each browser, and reading it in one takes the others' badge down", async ({
  browser,
  adminPage,
}) => {
  const title = newTitle();
  const first = await watch(browser, demoAccount("support"));
  const second = await watch(browser, demoAccount("support"));
  const other = await watch(browser, demoAccount("admin"));
  await announce(adminPage, title);
  for (const page of [first, second, other]) {
    await expect(toast(page, title)).toHaveCount(1, SOON);
    await expect(page.locator(".unread-count")).toHaveText("1");
  }
  await expect(adminPage.locator(".announcements tbody tr", { hasText: title })).toContainText("Delivered", SOON);

  await first.getByRole("button", { name: /^Notifications/ }).click();
  await first.getByRole("button", { name: `Mark as read: ${title}` }).click();
  for (const page of [first, second]) await expect(page.locator(".unread-count")).toHaveCount(0);
  await expect(other.locator(".unread-count")).toHaveText("1");
  for (const page of [first, second, other]) await page.context().close();
});

test("one tab of a browser shows it, all count it", async ({ browser, adminPage }) => {
  const title = newTitle();
  const first = await watch(browser, demoAccount("support"));
  const second = await first.context().newPage();
  await second.goto("/app");
  await isLive(second);
  await announce(adminPage, title);
  for (const tab of [first, second]) await expect(tab.locator(".unread-count")).toHaveText("1", SOON);
  const toasts = () => Promise.all([first, second].map((tab) => toast(tab, title).count()));
  await expect.poll(async () => (await toasts()).toSorted()).toEqual([0, 1]);
  await first.context().close();
});

/** A network that lets no WebSocket through: each handshake fails, as a browser reports it. */
const blockSockets = (page: Page) =>
  page.addInitScript(() => {
    window.WebSocket = class {
      onclose?: (event: { code: number; reason: string }) => void;
      constructor() {
        setTimeout(() => this.onclose?.({ code: 1006, reason: "" }));
      }
      close() {}
    } as unknown as typeof WebSocket;
  });

test("where no WebSocket gets through, news come as an event stream", async ({ browser, adminPage }) => {
  const title = newTitle();
  const page = await watch(browser, demoAccount("support"));
  await blockSockets(page);
  const stream = page.waitForRequest(/\/ws\/notifications\/stream/);
  await page.goto("/app");
  await stream;
  await isLive(page);
  await announce(adminPage, title);
  await expect(toast(page, title)).toHaveCount(1, SOON);
  await page.context().close();
});

test("what is missing is said at its field, and a double click sends once", async ({ adminPage }) => {
  await adminPage.goto("/announcements");
  await adminPage.getByRole("button", { name: "Review and send" }).click();
  await expect(adminPage.locator(".field-error").first()).toHaveText("Title is required.");
  await expect(adminPage.getByLabel("Title")).toBeFocused();
  const title = newTitle();
  await review(adminPage, title, "team");
  await adminPage.getByRole("button", { name: /^Send to/ }).dblclick();
  await expect(adminPage.locator(".success-message")).toBeVisible();
  await expect(adminPage.locator(".announcements tbody tr", { hasText: title })).toHaveCount(1);
});
