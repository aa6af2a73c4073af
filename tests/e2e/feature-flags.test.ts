import type { Page } from "@playwright/test";
import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

// The flag stays on for everybody: other stories use what is behind it. degradation/feature-flags.test.ts switches it off.
test.describe.configure({ mode: "default" });

const newReason = () => `Reviewed ${crypto.randomUUID().slice(0, 8)}`;

async function open(page: Page): Promise<void> {
  await page.goto("/feature-flags");
  await page.getByRole("link", { name: "announcements", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("announcements");
}

async function save(page: Page, reason: string): Promise<void> {
  await page.getByLabel("Reason for this change").fill(reason);
  await page.getByRole("button", { name: "Save" }).click();
}

test("a change is listed with who made it and why, and an old date is stale", async ({ adminPage }) => {
  const reason = newReason();
  await open(adminPage);
  await adminPage.getByLabel("Expires on").fill("2026-01-01");
  await save(adminPage, reason);
  await expect(adminPage.locator(".success-message")).toContainText("updated");
  const row = adminPage.locator(".flags tr", { hasText: "announcements" });
  await expect(row).toContainText("Everybody");
  await expect(row.locator(".stale")).toHaveText("Expired");
  await expect(row).toContainText(reason);
  await expect(row).toContainText("@");

  await open(adminPage);
  await expect(adminPage.locator(".history li").first()).toContainText(reason);
  await adminPage.getByLabel("Expires on").fill("2099-12-31");
  await save(adminPage, newReason());
  await expect(row.locator(".stale")).toHaveCount(0);
});

test("a reason is required, and what is wrong is said at its field", async ({ adminPage }) => {
  await open(adminPage);
  await adminPage.getByRole("button", { name: "Save" }).click();
  await expect(adminPage.locator(".field-error")).toContainText("is required.");
  await expect(adminPage.getByLabel("Reason for this change")).toBeFocused();
  await adminPage.getByLabel("User IDs").fill("ann@example.com");
  await save(adminPage, newReason());
  await expect(adminPage.locator(".field-error")).toContainText("is not the id of a user");
  await expect(adminPage.getByLabel("User IDs")).toHaveValue("ann@example.com");
});

test("of two administrators the second sees what the first has stored", async ({ adminPage }) => {
  const first = newReason();
  const second = newReason();
  const other = await adminPage.context().newPage();
  await open(adminPage);
  await open(other);
  await save(other, first);
  await expect(other.locator(".success-message")).toBeVisible();
  await save(adminPage, second);
  await expect(adminPage.locator(".conflict")).toContainText(first);
  await expect(adminPage.getByLabel("Reason for this change")).toHaveValue(second);
  await adminPage.getByRole("button", { name: "Save" }).click();
  await expect(adminPage.locator(".success-message")).toBeVisible();
});

test("it works without JavaScript", async ({ browser }) => {
  const reason = newReason();
  const context = await browser.newContext({ baseURL: ADMIN_URL, javaScriptEnabled: false });
  await logIn(context, demoAccount("admin"), ADMIN_URL);
  const page = await context.newPage();
  await open(page);
  await save(page, reason);
  await expect(page.locator(".success-message")).toBeVisible();
  await expect(page.locator(".flags")).toContainText(reason);
  await context.close();
});
