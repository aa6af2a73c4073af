import { register } from "./support/accounts.ts";
import { verificationLink } from "./support/email-verification.ts";
import { mailTo } from "./support/mail.ts";
import { expect, test } from "./support/test.ts";

test("an unconfirmed address cannot buy; the link of the mail changes that, once", async ({ page, user, request }) => {
  await page.goto("/app");
  await expect(page.getByText("Confirm your email address")).toBeVisible();
  await page.goto("/app/billing");
  await page.getByRole("button", { name: "Choose Pro" }).click();
  await page.getByRole("button", { name: /^Subscribe for/ }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(user.email);
  const link = await verificationLink(request, user.email);
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm email address" }).click();
  await expect(page.locator(".success-message")).toContainText("confirmed");
  await page.goto("/app");
  await expect(page.getByText("Confirm your email address")).toHaveCount(0);
  await page.goto("/app/billing");
  await page.getByRole("button", { name: "Choose Pro" }).click();
  await page.getByRole("button", { name: /^Subscribe for/ }).click();
  await expect(page.locator(".success-message")).toHaveText("You’re on Pro.");
  await page.goto(link);
  await expect(page.getByText("is confirmed")).toBeVisible();
});

test("a new link replaces the first one", async ({ page, user, request }) => {
  const first = await verificationLink(request, user.email);
  await page.goto("/app");
  await page.getByRole("link", { name: "Get a new link" }).click();
  await page.getByRole("button", { name: "Send a new link" }).click();
  await expect(page.locator(".success-message")).toContainText("on its way");
  await mailTo(request, user.email, /confirm your email/i);
  await page.goto(first);
  await page.getByRole("button", { name: "Confirm email address" }).click();
  await expect(page.getByRole("alert")).toContainText("no longer valid");
  await page.goto(await verificationLink(request, user.email, /confirm your email/i));
  await page.getByRole("button", { name: "Confirm email address" }).click();
  await expect(page.locator(".success-message")).toContainText("confirmed");
});

test("a link works without JavaScript and without a login", async ({ browser, request }) => {
  const account = await register(request);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(await verificationLink(request, account.email));
  await page.getByRole("button", { name: "Confirm email address" }).click();
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.locator(".success-message")).toContainText("confirmed");
  await context.close();
});
