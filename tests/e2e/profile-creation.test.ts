import { FRONT_PUBLIC_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

test("user can create profile", async ({ page, user }) => {
  expect(user.email, "logged in at the gateway; localhost's ports share cookies").toBeTruthy();
  await page.goto(`${FRONT_PUBLIC_URL}/app/profile/create`);

  await page.fill('input[name="name"]', "Test User");
  await page.click('main button[type="submit"]');

  await expect(page.locator(".success-message")).toBeVisible();
  await expect(page.locator(".profile-name")).toContainText("Test User");
});

test("a profile without a name is refused at the field, and the rest of the form stays", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/profile/create");
  await page.fill('[name="bio"]', "Here to stay");
  await page.fill('input[name="name"]', "   ");
  await page.click('main button[type="submit"]');
  await expect(page.locator(".field-error")).toBeVisible();
  await expect(page.locator('input[name="name"]')).toBeFocused();
  await expect(page.locator('[name="bio"]')).toHaveValue("Here to stay");
});

test("somebody with a profile is led to it", async ({ page, profile }) => {
  await page.goto("/app/profile/create");
  await expect(page).toHaveURL(/\/app\/profile$/);
  await expect(page.locator(".profile-name")).toContainText(profile.name);
});
