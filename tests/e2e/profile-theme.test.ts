import { expect, test } from "./support/test.ts";

test("the theme applies at once and everywhere", async ({ page, profile }) => {
  expect(profile.name).toBeTruthy();
  await page.goto("/app/settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("button", { name: "Use this theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await page.request.get("/")).text();
  expect(html).toContain('data-theme="dark"');
});
