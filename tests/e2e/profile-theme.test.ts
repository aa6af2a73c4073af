import { expect, test } from "./support/test.ts";

test("the theme applies at once, stays on the page, and is stored for every browser", async ({ page, profile }) => {
  expect(profile.name).toBeTruthy();
  await page.goto("/app/billing");
  await page.getByRole("button", { name: /^Your account/ }).click();
  const dark = page.getByRole("button", { name: "Dark", exact: true });
  await dark.click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(dark).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/\/app\/billing$/);
  await expect.poll(async () => (await page.request.get("/")).text()).toContain('data-theme="dark"');
  await page.context().clearCookies({ name: "dashboard_theme" });
  await page.goto("/app");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
