import { logIn } from "./support/accounts.ts";
import { PUBLIC_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

test("another device's session is seen and ended", async ({ page, browser, user }) => {
  const other = await browser.newContext();
  await logIn(other, user);
  const otherPage = await other.newPage();
  await otherPage.goto(`${PUBLIC_URL}/app`);
  await page.goto("/app/settings");
  await expect(page.locator(".session")).toHaveCount(2);
  await page.getByRole("button", { name: /^Log out: / }).click();
  await page.getByRole("button", { name: "Log out device" }).click();
  await expect(page.locator(".success-message")).toContainText("logged out");
  await expect(page.locator(".session")).toHaveCount(1);
  await expect.poll(async () => (await other.request.get(`${PUBLIC_URL}/app`, { maxRedirects: 0 })).status()).toBe(302);
  await other.close();
});

test("sign-ins are listed, wrong ones too", async ({ page, user }) => {
  await page.request.post("/login", {
    form: { email: user.email, password: "not the right one" },
    headers: { origin: PUBLIC_URL },
  });
  const reload = async () => {
    await page.goto("/app/settings");
    return page.getByText("Wrong password").count();
  };
  await expect.poll(reload, { timeout: 120_000 }).toBe(1);
  await expect(page.getByText("Logged in", { exact: true })).toHaveCount(1);
});
