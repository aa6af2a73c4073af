import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

test("users are found, page by page", async ({ adminPage, user }) => {
  await adminPage.goto("/users");
  await expect(adminPage.locator(".users tbody tr").first()).toBeVisible();
  await adminPage.getByRole("searchbox").fill(user.email);
  await adminPage.getByRole("button", { name: "Search" }).click();
  await expect(adminPage.locator(".users tbody tr")).toHaveCount(1);
  await expect(adminPage.locator(".users")).toContainText(user.email);
  await adminPage.getByRole("searchbox").fill("nobody-has-this-name");
  await adminPage.getByRole("button", { name: "Search" }).click();
  await expect(adminPage.getByText("Nobody matches")).toBeVisible();
});

test("support sees users and no billing", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const page = await context.newPage();
  await page.goto("/users");
  await expect(page.locator(".users tbody tr").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Billing runs" })).toHaveCount(0);
  expect((await page.goto("/billing"))?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("not yours");
  await context.close();
});
