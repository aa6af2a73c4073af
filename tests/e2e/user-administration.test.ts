import { readFileSync } from "node:fs";
import { expectAccessible } from "./support/accessibility.ts";
import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

const WIDE = { width: 1440, height: 900 };

test("users are found, filtered and sorted; a row opens beside the list, and the list is a file", async ({
  adminPage,
  user,
}) => {
  await adminPage.setViewportSize(WIDE);
  const rows = adminPage.locator(".users tbody tr");
  await adminPage.goto("/users");
  await expect(adminPage.locator(".total")).toContainText(/users/);
  await adminPage.getByText("Filter", { exact: true }).click();
  await adminPage.getByLabel("Role").selectOption("user");
  await adminPage.getByLabel("Email verified").selectOption("false");
  await adminPage.getByRole("button", { name: "Apply" }).click();
  await expect(adminPage).toHaveURL("/users?role=user&verified=false");
  await adminPage.getByRole("link", { name: "Name", exact: true }).click();
  await expect(adminPage.locator("th[aria-sort=ascending]")).toContainText("Name");

  await adminPage.getByRole("searchbox").fill(user.email);
  await adminPage.getByRole("button", { name: "Search" }).click();
  await expect(rows).toHaveCount(1);
  await expect(adminPage.locator(".total")).toHaveText("1 user matches");

  await test.step("the row opens beside the list, and Escape leads back to it", async () => {
    const name = rows.first().getByRole("rowheader").getByRole("link");
    await name.click();
    const panel = adminPage.getByRole("region", { name: "User", exact: true });
    await expect(panel).toBeFocused();
    await expect(panel).toContainText("Not yet");
    await expectAccessible(adminPage);
    await adminPage.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    await expect(name).toBeFocused();
  });

  const [download] = await Promise.all([
    adminPage.waitForEvent("download"),
    adminPage.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(user.name);

  await adminPage.getByRole("link", { name: /Remove the filter Search/ }).click();
  await expect(adminPage).not.toHaveURL(/q=/);
  await adminPage.goto("/users?q=nobody-has-this-name");
  await expect(adminPage.getByText("No user matches")).toBeVisible();
  await adminPage.goto("/users?role=root&sort=shoe-size");
  await expect(adminPage.getByRole("alert")).toContainText("role, sort");
  await expectAccessible(adminPage);
});

test("without a script users are filtered, sorted and opened as well", async ({ browser, user }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL, viewport: WIDE, javaScriptEnabled: false });
  await logIn(context, demoAccount("admin"), ADMIN_URL);
  const page = await context.newPage();
  await page.goto("/users");
  await page.getByRole("searchbox").fill(user.email);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/users\?q=[^&]+$/);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Plan").selectOption("free");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("link", { name: "Registered" }).click();
  await expect(page.locator("th[aria-sort]")).toContainText("Registered");
  await page.getByRole("rowheader").getByRole("link").click();
  await expect(page).toHaveURL(/\/users\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(user.name);
  await context.close();
});

test("support sees users without their activity, and no billing", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const page = await context.newPage();
  await page.goto("/users");
  const link = page.locator(".users tbody th a").first();
  await expect(link).toBeVisible();
  await page.goto((await link.getAttribute("href")) ?? "");
  await expect(page.getByRole("heading", { name: "Account" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Activity" })).toHaveCount(0);
  await page.goto("/users");
  await expect(page.getByRole("link", { name: "Billing runs" })).toHaveCount(0);
  expect((await page.goto("/billing"))?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("access");
  await context.close();
});
