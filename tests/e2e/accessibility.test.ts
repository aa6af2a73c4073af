import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { pagesOf } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

const PUBLIC_PAGES = [...pagesOf("front-public", "open"), "/no-such-page"];
const USER_PAGES = [...pagesOf("front-public", "behind the login"), "/app/no-such-page"];
const ADMIN_PAGES = [
  ...pagesOf("front-admin", "behind the login"),
  "/users?q=nobody-at-all",
  "/traces?slower_than_ms=3000&failed=true",
  "/events?kind=unsent",
  "/events/user/1-0",
  "/events/letters/dead/1-0",
  "/audit?actor=nobody&from=2026-11-01",
  "/feature-flags/announcements",
  "/feature-flags/no-such-flag",
];
const LOOKS = [
  { colorScheme: "light", viewport: { width: 1280, height: 860 } },
  { colorScheme: "dark", viewport: { width: 320, height: 640 } },
  { colorScheme: "light", viewport: { width: 320, height: 640 } },
  { colorScheme: "dark", viewport: { width: 1280, height: 860 } },
] as const;

async function visit(page: Page, paths: string[], base = "") {
  for (const path of paths) {
    await page.goto(base + path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
  }
}

for (const look of LOOKS) {
  test.describe(`${look.colorScheme}, ${look.viewport.width} pixels wide`, () => {
    test.use(look);

    test("pages for everybody", ({ page }) => visit(page, PUBLIC_PAGES));

    test("pages of a new user", async ({ page, user }) => {
      expect(user.email).toBeTruthy();
      await visit(page, USER_PAGES);
    });

    test("pages of a user with a profile", async ({ page, profile }) => {
      expect(profile.email).toBeTruthy();
      await visit(page, USER_PAGES);
      await page.goto("/app");
      await page.getByRole("button", { name: /^Notifications/ }).click();
      await expectAccessible(page);
      await page.goto("/app/billing");
      await page.getByRole("button", { name: "Choose Pro" }).click();
      await expectAccessible(page);
    });

    test("pages of administrators", async ({ page, adminPage }) => {
      await visit(page, pagesOf("front-admin", "open"), ADMIN_URL);
      await adminPage.emulateMedia({ colorScheme: look.colorScheme });
      await adminPage.setViewportSize(look.viewport);
      await visit(adminPage, ADMIN_PAGES);
      await adminPage.goto("/billing");
      await adminPage.getByRole("button", { name: "Start a run" }).click();
      await expectAccessible(adminPage);
    });

    test("a trace", async ({ adminPage }) => {
      await adminPage.emulateMedia({ colorScheme: look.colorScheme });
      await adminPage.setViewportSize(look.viewport);
      await expect(async () => {
        await adminPage.goto("/traces");
        await adminPage.locator(".traces").getByRole("link").first().click({ timeout: 3_000 });
      }).toPass({ timeout: 120_000 });
      await expect(adminPage.locator(".waterfall")).toBeVisible();
      await expectAccessible(adminPage);
    });
  });
}

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
