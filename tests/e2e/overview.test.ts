import { expectAccessible } from "./support/accessibility.ts";
import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

test("an administrator sees whether anything is wrong, and how the chosen period went", async ({ user, adminPage }) => {
  expect(user.email).toContain("@"); // who has just signed up and logged in
  await adminPage.goto("/");
  const signUps = adminPage.locator(".figure", { hasText: "Sign-ups" });
  await expect(async () => {
    await adminPage.reload();
    await expect(signUps).toContainText(/[1-9]/, { timeout: 1_000 });
    await expect(adminPage.locator(".figure", { hasText: "Active people" })).toContainText(/[1-9]/, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expectAccessible(adminPage);

  await adminPage.getByRole("link", { name: "7 days" }).click();
  await expect(adminPage).toHaveURL(/period=7d/);
  await expect(adminPage.getByRole("img", { name: /^Sign-ups a day/ })).toBeVisible();
  await adminPage.getByText("Show the numbers of Sign-ups a day").click();
  await expect(adminPage.getByRole("table", { name: "Sign-ups a day" }).locator("tbody tr")).toHaveCount(7);
  await expect(adminPage.locator(".service-map")).toContainText("back-cassandra");
  await expectAccessible(adminPage);
});

test("without JavaScript the overview is the same", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const state = await context.storageState();
  await context.close();
  const plain = await browser.newContext({ baseURL: ADMIN_URL, javaScriptEnabled: false, storageState: state });
  const page = await plain.newPage();
  await page.goto("/");
  await page.getByRole("link", { name: "90 days" }).click();
  await expect(page).toHaveURL(/period=90d/);
  await page.getByText("Show the numbers of Sign-ups a day").click();
  await expect(page.locator("details[open] tbody tr")).toHaveCount(90);
  await expect(page.getByText("Invoiced")).toHaveCount(0);
  await expect(page.locator(".service-map")).toBeVisible();
  await plain.close();
});
