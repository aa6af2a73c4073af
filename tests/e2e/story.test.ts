import { expectAccessible } from "./support/accessibility.ts";
import { logOut, stranger } from "./support/accounts.ts";
import { choosePro, startRun, thisMonth } from "./support/billing.ts";
import { verificationLink } from "./support/email-verification.ts";
import { mailTo } from "./support/mail.ts";
import { expect, test } from "./support/test.ts";

test("from registering to the first invoice", async ({ page, context, request, adminPage }) => {
  const { email, password } = stranger();

  await test.step("register, and read the welcome mail", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Register for free" }).click();
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByLabel("Name").fill("Stella Story");
    await page.getByRole("button", { name: "Register" }).click();
    await expect(page.locator(".success-message")).toContainText(email);
    const mail = await mailTo(request, email, /welcome/i);
    expect(mail.html).not.toContain("Stella Story"); // whoever registered may have chosen another's address
  });

  await test.step("log in", async () => {
    await page.getByRole("link", { name: "Log in now" }).click();
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Stella Story");
  });

  await test.step("create and edit a profile; the second tab changes by itself", async () => {
    await page.getByRole("link", { name: "Create your profile" }).click();
    await page.fill('input[name="name"]', "Stella Story");
    await page.click('main button[type="submit"]');
    await expect(page.locator(".profile-name")).toHaveText("Stella Story");
    const second = await context.newPage();
    await second.goto("/app/profile");
    await expect(second.locator(".live-indicator")).toContainText("Live");
    await page.getByLabel("Display name").fill("Stella");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.locator(".profile-name")).toHaveText("Stella");
    await expect(second.locator(".profile-name")).toHaveText("Stella");
    await second.close();
  });

  await test.step("confirm the address, and choose a plan", async () => {
    await page.goto(await verificationLink(request, email));
    await page.getByRole("button", { name: "Confirm email address" }).click();
    await expect(page.locator(".success-message")).toContainText("confirmed");
    await choosePro(page);
  });

  await test.step("an administrator starts the month's run; invoice, notification and mail arrive", async () => {
    await expect(page.locator(".live-indicator")).toContainText("Live");
    await startRun(adminPage, thisMonth());
    await expect(adminPage.locator(".success-message, [role=alert]").first()).toBeVisible();
    await expect(page.locator(".invoice")).toHaveCount(1, { timeout: 120_000 });
    await expect(page.locator(".toast")).toContainText(/invoice/i);
    await expect(page.locator(".unread-count")).toHaveText("2");
    await expect(adminPage.locator(".runs tbody tr").first()).toContainText("Done", { timeout: 120_000 });
    await mailTo(request, email, /invoice/i);
  });

  await test.step("the invoice is a page for its owner and for staff, who come from the run and go on to the user", async () => {
    await page.locator(".invoice summary").click();
    await page.getByRole("link", { name: /Open invoice/ }).click();
    await expect(page.locator(".invoice-sheet")).toContainText(email);
    const number = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    await expectAccessible(page);
    await page.goBack();
    await adminPage.locator(".runs tbody a").first().click();
    await adminPage.getByRole("link", { name: number.replace("Invoice ", "") }).click();
    await expect(adminPage.locator(".invoice-sheet")).toContainText(email);
    await expectAccessible(adminPage);
    await adminPage.getByRole("link", { name: "User", exact: true }).click();
    await expect(adminPage.locator(".invoices")).toContainText(number.replace("Invoice ", ""));
    await expectAccessible(adminPage);
  });

  await test.step("log out", async () => {
    await logOut(page);
    await page.goto("/app");
    await expect(page).toHaveURL(/\/login/);
  });
});
