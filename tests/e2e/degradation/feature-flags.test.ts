import type { Page } from "@playwright/test";
import { PUBLIC_URL } from "../support/addresses.ts";
import { expect, test } from "../support/test.ts";

test.describe.configure({ mode: "default", timeout: 900_000 });

async function turn(page: Page, flag: string, on: boolean): Promise<void> {
  await page.goto(`/feature-flags/${flag}`);
  await page.getByLabel("On", { exact: true }).setChecked(on);
  await page.getByLabel("Reason for this change").fill(on ? "On again." : "It troubles people.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".success-message")).toBeVisible();
}

test("an administrator switches a feature off: its page and its entry are gone, and back when it is on", async ({
  adminPage,
}) => {
  const entry = adminPage.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Announcements" });
  await adminPage.goto("/announcements");
  await expect(entry).toBeVisible();
  try {
    await turn(adminPage, "announcements", false);
    await expect(adminPage.locator(".flags tr", { hasText: "announcements" })).toContainText("Off");
    await expect.poll(async () => (await adminPage.goto("/announcements"))?.status()).toBe(404);
    await adminPage.goto("/");
    await expect(entry).toHaveCount(0);
  } finally {
    await turn(adminPage, "announcements", true);
  }
  await expect.poll(async () => (await adminPage.goto("/announcements"))?.status()).toBe(200);
  await expect(entry).toBeVisible();
});

test("a part of a page goes with its feature", async ({ adminPage, page, user }) => {
  const sessions = page.getByRole("heading", { name: "Active sessions" });
  await page.goto(`${PUBLIC_URL}/app/settings`);
  await expect(sessions, user.email).toBeVisible();
  const reload = async () => {
    await page.reload();
    return sessions.count();
  };
  try {
    await turn(adminPage, "sessions", false);
    await expect.poll(reload).toBe(0);
    await expect(page.getByRole("heading", { name: "Appearance" })).toBeVisible();
  } finally {
    await turn(adminPage, "sessions", true);
  }
  await expect.poll(reload).toBe(1);
});
