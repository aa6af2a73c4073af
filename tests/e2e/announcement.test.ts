import type { Page } from "@playwright/test";
import { logIn, register } from "./support/accounts.ts";
import { PUBLIC_URL } from "./support/addresses.ts";
import { announce } from "./support/announcements.ts";
import { expect, test } from "./support/test.ts";

const live = (page: Page) => expect(page.locator(".live-indicator")).toContainText("Live");

test("an announcement shows once in each browser, and reading it in one takes the others' badge down", async ({
  page,
  browser,
  user,
  adminPage,
}) => {
  const title = `Maintenance ${crypto.randomUUID().slice(0, 8)}`;
  const sameUser = await browser.newContext({ baseURL: PUBLIC_URL });
  await logIn(sameUser, user);
  const second = await sameUser.newPage();
  const otherUser = await browser.newContext({ baseURL: PUBLIC_URL });
  await logIn(otherUser, await register(otherUser.request));
  const stranger = await otherUser.newPage();
  const pages = [page, second, stranger];
  for (const one of pages) {
    await one.goto("/app");
    await live(one);
    await expect(one.locator(".unread-count")).toHaveText("1");
  }

  const people = await announce(adminPage, title, "From 22:00 to 23:00 UTC.");
  expect(people).toBeGreaterThanOrEqual(2);
  for (const one of pages) {
    await expect(one.locator(".toast", { hasText: title })).toHaveCount(1, { timeout: 20_000 });
    await expect(one.locator(".unread-count")).toHaveText("2");
  }
  const sent = adminPage.locator(".announcement", { hasText: title });
  await expect(sent).toContainText("Delivered", { timeout: 30_000 });

  await page.getByRole("button", { name: /^Notifications/ }).click();
  await page.getByRole("button", { name: `Mark as read: ${title}` }).click();
  await expect(page.locator(".unread-count")).toHaveText("1");
  await expect(second.locator(".unread-count")).toHaveText("1");
  await expect(stranger.locator(".unread-count")).toHaveText("2");
  await sameUser.close();
  await otherUser.close();
});

test("one tab of a browser tells it, all count it", async ({ page, context, user, adminPage }) => {
  expect(user.email).toBeTruthy();
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto("/app");
    await live(tab);
  }
  const title = `Two tabs ${crypto.randomUUID().slice(0, 8)}`;
  await announce(adminPage, title, "Told once.");
  for (const tab of [page, second]) await expect(tab.locator(".unread-count")).toHaveText("2", { timeout: 20_000 });
  const told = async () =>
    (await Promise.all([page, second].map((tab) => tab.locator(".toast", { hasText: title }).count()))).join("");
  await expect.poll(told).toMatch(/^(01|10)$/);
});

test("what is missing is said at its field, and a double click sends once", async ({ adminPage }) => {
  await adminPage.goto("/announcements");
  await adminPage.getByRole("button", { name: "Review and send" }).click();
  await expect(adminPage.locator(".field-error").first()).toContainText("fill this in");
  await expect(adminPage.getByLabel("Title")).toBeFocused();
  const title = `Twice ${crypto.randomUUID().slice(0, 8)}`;
  await adminPage.getByLabel("Title").fill(title);
  await adminPage.getByLabel("Text", { exact: true }).fill("Sent once.");
  await adminPage.getByRole("button", { name: "Review and send" }).click();
  await adminPage.getByRole("button", { name: /^Send to/ }).dblclick();
  await expect(adminPage.locator(".success-message")).toBeVisible();
  await expect(adminPage.locator(".announcement", { hasText: title })).toHaveCount(1);
});
