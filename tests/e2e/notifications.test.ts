import { expect, test } from "./support/test.ts";

test("the bell counts, shows and forgets what was read", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  await expect(page.locator(".unread-count")).toHaveText("1");
  await page.getByRole("button", { name: /Notifications, 1 unread/ }).click();
  await expect(page.locator("#latest-notifications")).toContainText(/welcome/i);
  await page.keyboard.press("Escape");
  await expect(page.locator("#latest-notifications")).toBeHidden();
  await page.goto("/app/notifications");
  await page.getByRole("button", { name: /Mark as read: .*welcome/i }).click();
  await expect(page.locator(".success-message")).toBeVisible();
  await expect(page.locator(".unread-count")).toHaveCount(0);
});

test("all can be read at once", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/notifications");
  await expect(page.locator(".notification")).toHaveCount(1);
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.locator(".success-message")).toContainText("All");
  await expect(page.locator(".unread-count")).toHaveCount(0);
});
