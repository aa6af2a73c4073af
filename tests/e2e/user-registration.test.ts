import { demoAccount, logOut, stranger } from "./support/accounts.ts";
import { mailsTo, mailTo } from "./support/mail.ts";
import { expect, test } from "./support/test.ts";

test("registering leads to the mail, the login and the dashboard", async ({ page, request }) => {
  const { email, password, name } = stranger("Nora New");
  await page.goto("/register");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.locator(".success-message")).toContainText(email);
  await expect(page.locator(".success-message")).toBeFocused();
  await page.getByRole("link", { name: "Log in now" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nora New");
  const mail = await mailTo(request, email, /welcome/i);
  expect(mail.text).not.toContain("Nora New");
});

test("an address that is taken gets the same page, and its owner a mail", async ({ page, request }) => {
  // The demo account is as old as the stack: for the first seconds, a repetition counts as the same attempt.
  const { email } = demoAccount("user");
  const tries = async () =>
    (await mailsTo(request, email)).filter(({ subject }) => /already have an account/i.test(subject));
  const before = (await tries()).length;
  await page.goto("/register");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("another long password");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.locator(".success-message")).toContainText(email);
  await expect.poll(async () => (await tries()).length, { timeout: 120_000 }).toBe(before + 1);
});

test("a short password is refused at its field", async ({ page }) => {
  await page.goto("/register");
  await page.getByLabel("Email").fill("somebody@example.com");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.locator(".field-error")).toContainText("10");
  await expect(page.getByLabel("Password")).toBeFocused();
});

test("a wrong password is refused without saying what was wrong", async ({ page, user }) => {
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByLabel("Email").fill(user.email);
  await page.getByLabel("Password").fill("not the right one");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Email")).toHaveValue(user.email);
});

test("a page behind the login leads there and back, never to another site", async ({ page, context, user }) => {
  await context.clearCookies();
  await page.goto("/app/billing?cursor=");
  await expect(page).toHaveURL(/\/login\?next=%2Fapp%2Fbilling/);
  await page.getByLabel("Email").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/app\/billing/);
  await page.goto("/login?next=//evil.example/");
  await expect(page).toHaveURL(/\/app$/);
});

test("logging out ends the session for every tab", async ({ page, context, user }) => {
  expect(user.email).toBeTruthy();
  const other = await context.newPage();
  await other.goto("/app/settings");
  await page.goto("/app");
  await logOut(page);
  await expect(other).toHaveURL(/\/login/);
});
