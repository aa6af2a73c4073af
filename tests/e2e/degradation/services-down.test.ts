import { logIn, register } from "../support/accounts.ts";
import { PUBLIC_URL } from "../support/addresses.ts";
import { choosePro } from "../support/billing.ts";
import { verifyEmail } from "../support/email-verification.ts";
import { mailTo } from "../support/mail.ts";
import { without } from "../support/services.ts";
import { expect, test } from "../support/test.ts";

const RECOVERY = { timeout: 120_000 };

test.describe.configure({ mode: "default", timeout: 900_000 });

test("without back-postgres the page says what is missing, and comes back by itself", async ({ page, profile }) => {
  await without("back-postgres", async () => {
    await page.goto("/app/profile");
    await expect(page.locator(".missing-parts")).toBeVisible();
    await expect(page.locator("main .unavailable").first()).toBeVisible();
    await page.goto("/app/notifications");
    await expect(page.locator(".notification").first()).toBeVisible();
    await page.goto("/app/profile");
  });
  await expect(page.locator(".profile-name")).toContainText(profile.name, RECOVERY);
  await expect(page.locator(".missing-parts")).toHaveCount(0);
});

test("without back-cassandra profile, billing and login go on; the sign-in is listed later", async ({
  page,
  context,
  request,
  profile,
}) => {
  await verifyEmail(request, profile.email);
  await without("back-cassandra", async () => {
    await page.goto("/app/notifications");
    await expect(page.locator("main .unavailable").first()).toBeVisible();
    await page.goto("/app/profile");
    await expect(page.locator(".profile-name")).toContainText(profile.name);
    await choosePro(page);
    await context.clearCookies();
    await logIn(context, profile);
    await page.goto("/app/settings");
    await expect(page.locator(".session").first()).toBeVisible();
  });
  const signIns = async () => {
    await page.goto("/app/settings");
    return page.getByText("Logged in", { exact: true }).count();
  };
  await expect.poll(signIns, RECOVERY).toBe(2);
});

test("without back-redis pages still answer", async ({ page, profile }) => {
  await without("back-redis", async () => {
    expect((await page.goto("/app/profile"))?.status()).toBeLessThan(600);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
  await page.goto("/app/profile");
  await expect(page.locator(".profile-name")).toContainText(profile.name, RECOVERY);
  await expect(page.locator(".live-indicator")).toContainText("Live", RECOVERY);
});

test("without back-workers registering works, and the mail comes afterwards", async ({ page, context, request }) => {
  const late = { account: await register(request) };
  await without("back-workers", async () => {
    late.account = await register(request);
    await logIn(context, late.account);
    await page.goto("/app");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
  });
  await expect.poll(() => mailTo(request, late.account.email, /welcome/i), RECOVERY).toBeTruthy();
});

test("without back-websockets the page says that it is not live, and reconnects", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  await expect(page.locator(".live-indicator")).toContainText("Live");
  await without("back-websockets", async () => {
    await expect(page.locator(".live-indicator")).toContainText("Reconnecting");
    await page.getByRole("link", { name: "Profile", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Your profile");
  });
  await expect(page.locator(".live-indicator")).toContainText("Live", RECOVERY);
});

test("without back-auth a login says so and keeps the address; logged-in pages go on", async ({
  page,
  browser,
  profile,
}) => {
  await without("back-auth", async () => {
    await page.goto("/app/profile");
    await expect(page.locator(".profile-name")).toContainText(profile.name);
    const other = await browser.newPage();
    await other.goto(`${PUBLIC_URL}/login`);
    await other.getByLabel("Email").fill(profile.email);
    await other.getByLabel("Password").fill(profile.password);
    await other.getByRole("button", { name: "Log in" }).click();
    await expect(other.getByRole("alert")).toContainText("didn’t work");
    await expect(other.getByLabel("Email")).toHaveValue(profile.email);
    await other.close();
  });
});
