import { expect, type Page } from "@playwright/test";

export async function choosePro(page: Page): Promise<void> {
  await page.goto("/app/billing");
  await page.getByRole("button", { name: "Choose Pro" }).click();
  await page.getByRole("button", { name: /^Subscribe for .*a month$/ }).click();
  await expect(page.locator(".success-message")).toHaveText("You’re on Pro.");
}

/** Only one run of a month may be active: tests that run at the same moment take different months. */
export async function startRun(adminPage: Page, period: string, dryRun = false): Promise<void> {
  await adminPage.goto("/billing");
  await adminPage.getByRole("button", { name: "Start a run" }).click();
  await adminPage.getByLabel("Month").fill(period);
  await adminPage.getByRole("button", { name: dryRun ? "Preview" : "Issue invoices" }).click();
}

export const thisMonth = (): string => new Date().toISOString().slice(0, 7);
