import { ADMIN_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

test("only administrators come in; others learn why not", async ({ page, user }) => {
  await page.goto(`${ADMIN_URL}/login`);
  await page.getByLabel("Email").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("no access to the administration");
  await expect(page.getByRole("link", { name: "Go to your own dashboard" })).toBeVisible();
  await page.goto(`${ADMIN_URL}/users`);
  await expect(page).toHaveURL(/\/login/);
});
