import { choosePro } from "./support/billing.ts";
import { expect, test } from "./support/test.ts";

test("a plan is chosen, changed and canceled", async ({ page, verified }) => {
  expect(verified.email).toBeTruthy();
  await choosePro(page);
  await expect(page.locator(".current-plan")).toContainText(/pro/i);
  const pro = page.locator(".plan", { hasText: "Your plan" });
  await pro.getByLabel("Seats", { exact: true }).fill("3");
  await pro.getByRole("button", { name: "Change seats or billing" }).click();
  await page.getByRole("button", { name: /^Change to/ }).click();
  await expect(page.locator(".success-message")).toHaveText("Plan updated.");
  await expect(page.locator(".current-plan")).toContainText("3 seats");
  await page.getByRole("button", { name: "Cancel plan" }).click();
  await page.getByRole("button", { name: "Cancel Pro" }).click();
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
    await pro.getByRole("button", { name: "Change seats or billing" }).click();
    await tab.getByRole("button", { name: /^Change to/ }).click();
    await expect(tab.locator(tab === page ? ".success-message" : "dialog [role=alert]").first()).toBeFocused();
  }
});

test("the sum follows each choice, and is on the button before anything is bought", async ({ page, verified }) => {
  expect(verified.email).toBeTruthy();
  await page.goto("/app/billing");
  const pro = page.locator(".plan", { has: page.getByRole("heading", { name: "Pro", exact: true }) });
  const seats = pro.getByLabel("Seats", { exact: true });
  await seats.fill("0");
  await pro.getByRole("button", { name: "Choose Pro" }).click();
  await expect(pro.locator(".field-error")).toHaveText("Seats must be between 1 and 1,000.");
  await expect(seats).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await seats.fill("7");
  await pro.getByLabel("Billing period").selectOption("Yearly");
  await pro.getByLabel("Currency").selectOption("USD");
  const total = (await pro.locator(".total output").textContent()) ?? "";
  expect(total).toMatch(/^\$[\d,.]+ a year$/);
  await pro.getByRole("button", { name: "Choose Pro" }).click();
  await expect(page.getByRole("dialog")).toContainText("7 seats ×");
  await page.getByRole("button", { name: `Subscribe for ${total}` }).click();
  await expect(page.locator(".current-plan")).toContainText(`7 seats, ${total}`);
});
