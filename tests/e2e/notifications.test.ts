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
  await expect(page.locator(".unread-count")).toHaveCount(0);
});

test("what was marked as read is undone by the same key, also in the list of the unread", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/notifications?unread=true");
  await page.getByRole("button", { name: /^Mark as read: / }).press("Enter");
  await expect(page.locator(".unread-count")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Marked as read." })).toBeAttached();
  const undo = page.getByRole("button", { name: /^Undo, mark as unread: / });
  await expect(undo).toBeFocused();
  await expect(undo).not.toHaveAttribute("aria-disabled");
  await page.keyboard.press("Enter");
  await expect(page.locator(".unread-count")).toHaveText("1");
  await page.reload();
  await expect(page.getByRole("button", { name: /^Mark as read: / })).toBeVisible();
});

test("all can be read at once", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/notifications");
  await expect(page.locator(".notification")).toHaveCount(1);
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.locator(".unread-count")).toHaveCount(0);
});

test("the bell's list marks as read without leaving the page", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/billing");
  await page.getByRole("button", { name: /Notifications, 1 unread/ }).click();
  await page.getByRole("button", { name: /Mark as read: .*welcome/i }).click();
  await expect(page.locator(".unread-count")).toHaveCount(0);
  await expect(page).toHaveURL(/\/app\/billing$/);
  await expect(page.locator("#latest-notifications")).toBeVisible();
  await page.getByRole("link", { name: "See all notifications" }).click();
  await expect(page).toHaveURL(/\/app\/notifications$/);
});

test("filters are part of the address, and an empty one says why", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/notifications");
  const filter = page.getByRole("navigation", { name: "Filter" });
  await filter.getByRole("link", { name: "Invoices" }).click();
  await expect(page).toHaveURL(/kind=invoice/);
  await expect(page.getByText("Nothing in “Invoices” yet")).toBeVisible();
  await filter.getByRole("link", { name: "All kinds" }).click();
  await expect(page).not.toHaveURL(/kind=/);
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.locator(".unread-count")).toHaveCount(0);
  await filter.getByRole("link", { name: "Unread" }).click();
  await expect(page.getByText("All caught up")).toBeVisible();
});

test("a deletion asks first and holds in every tab", async ({ page, context, user }) => {
  expect(user.email).toBeTruthy();
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto("/app/notifications");
    await expect(tab.locator(".notification")).toHaveCount(1);
  }
  await page.getByRole("button", { name: /^Delete: / }).click();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.locator(".notification")).toHaveCount(1);
  await page.getByRole("button", { name: /^Delete: / }).click();
  await page.getByRole("button", { name: "Delete notification" }).click();
  await expect(page.locator(".success-message")).toContainText("deleted");
  for (const tab of [page, second]) await expect(tab.locator(".notification")).toHaveCount(0);
});
