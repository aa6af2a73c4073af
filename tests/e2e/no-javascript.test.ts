import { logOut, stranger } from "./support/accounts.ts";
import { expect, test } from "./support/test.ts";

test.use({ javaScriptEnabled: false });

test("register, log in, create, edit and delete a profile, take a plan and log out", async ({ page }) => {
  const { email, password } = stranger();
  await page.goto("/register");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.locator(".success-message")).toContainText(email);
  await page.getByRole("link", { name: "Log in now" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();

  await page.getByRole("link", { name: "Create your profile" }).click();
  await page.fill('input[name="name"]', "No Script");
  await page.click('main button[type="submit"]');
  await expect(page.locator(".success-message")).toBeVisible();
  await page.getByLabel("Display name").fill("Plain");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(".profile-name")).toHaveText("Plain");

  await page.goto("/app/billing");
  await page.getByRole("button", { name: "Choose Free" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Choose Free" }).click();
  await expect(page.locator(".current-plan")).toContainText(/free/i);

  await page.getByRole("link", { name: "Notifications, 1 unread" }).click();
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("button", { name: "Mark all as read" })).toHaveCount(0);
  await page.getByRole("button", { name: /^Delete: / }).click();
  await page.getByRole("button", { name: "Delete notification" }).click();
  await expect(page.locator(".notification")).toHaveCount(0);

  await page.goto("/app/settings");
  await page.getByRole("checkbox", { name: /Do not disturb/ }).check();
  await page.getByRole("button", { name: "Save notification settings" }).click();
  await expect(page.locator(".success-message")).toContainText("saved");

  await page.goto("/app/profile");
  await page.getByRole("button", { name: "Delete profile" }).click();
  await page.getByRole("button", { name: "Delete profile", exact: true }).click();
  await expect(page.locator(".success-message")).toContainText("deleted");
  await logOut(page);
});

test("a conflict is solved without JavaScript too", async ({ page, context, profile }) => {
  expect(profile.name).toBeTruthy();
  const second = await context.newPage();
  for (const tab of [page, second]) await tab.goto("/app/profile");
  await page.getByLabel("Display name").fill("First");
  await page.getByRole("button", { name: "Save changes" }).click();
  await second.getByLabel("Display name").fill("Second");
  await second.getByRole("button", { name: "Save changes" }).click();
  await second.getByRole("radio", { name: /Yours\s*Second/ }).check();
  await second.getByRole("button", { name: "Save selection" }).click();
  await expect(second.locator(".profile-name")).toHaveText("Second");
});

test("refused fields are reported by the server", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("Email").fill("nobody@example.com");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("nobody@example.com");
});
