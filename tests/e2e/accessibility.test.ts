import { expect, test } from "./support/test.ts";

test("the page that a link led to is announced", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page.locator("[aria-live=polite]", { hasText: "Settings · Tools Dashboard" })).toHaveCount(1);
});

test("the keyboard is enough", async ({ page, user }) => {
  await page.context().clearCookies();
  await page.goto("/login");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(user.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(user.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/app$/);
});
