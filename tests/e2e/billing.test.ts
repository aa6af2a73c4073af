import { choosePro } from "./support/billing.ts";
import { expect, test } from "./support/test.ts";

test("a plan is chosen, changed and canceled", async ({ page, verified }) => {
  expect(verified.email).toBeTruthy();
  await choosePro(page);
  await expect(page.locator(".current-plan")).toContainText(/pro/i);
  const pro = page.locator(".plan", { hasText: "Your plan" });
  await pro.getByLabel("Seats", { exact: true }).fill("3");
  await pro.getByRole("button", { name: "Change seats or interval" }).click();
  await page.getByRole("button", { name: "Yes, do it" }).click();
  await expect(page.locator(".success-message")).toContainText("changed");
  await expect(page.locator(".current-plan")).toContainText("3 seats");
  await page.getByRole("button", { name: "Cancel plan" }).click();
  await page.getByRole("button", { name: "Cancel the plan" }).click();
  await expect(page.locator(".success-message")).toContainText("canceled");
  await expect(page.locator(".current-plan")).toHaveCount(0);
  await choosePro(page);
});

test("a change in two windows at once is refused with a reason", async ({ page, context, verified }) => {
  expect(verified.email).toBeTruthy();
  await choosePro(page);
  const second = await context.newPage();
  await second.goto("/app/billing");
  for (const tab of [page, second]) {
    const pro = tab.locator(".plan", { hasText: "Your plan" });
    await pro.getByLabel("Seats", { exact: true }).fill(tab === page ? "2" : "4");
    await pro.getByRole("button", { name: "Change seats or interval" }).click();
    await tab.getByRole("button", { name: "Yes, do it" }).click();
    await expect(tab.locator(tab === page ? ".success-message" : "[role=alert]").first()).toBeVisible();
  }
});
