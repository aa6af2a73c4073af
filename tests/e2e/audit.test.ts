import { expectAccessible } from "./support/accessibility.ts";
import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL, PUBLIC_URL } from "./support/addresses.ts";
import { startRun } from "./support/billing.ts";
import { expect, test } from "./support/test.ts";

test("what an administrator does is found in the audit log, and leads to its trace", async ({ adminPage }) => {
  await startRun(adminPage, "2026-09", true);
  await expect(adminPage.locator(".success-message")).toBeVisible();
  const rows = adminPage.locator(".audit tbody tr");
  await expect(async () => {
    await adminPage.goto("/audit?action=billing_run");
    await expect(rows.first()).toContainText("2026-09", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await expect(rows.first()).toContainText("billing_run.started");
  await expectAccessible(adminPage);
  const id = await rows.first().getByRole("rowheader").getByRole("link").textContent();

  const by = rows.first().locator("td").first().getByRole("link");
  await expect(by).toHaveText(demoAccount("admin").email);
  await expect(by).toHaveAttribute("title", /^[0-9a-f-]{36}$/);
  await by.click();
  await expect(adminPage).toHaveURL(/actor=[0-9a-f-]{36}/);
  await expect(adminPage.getByLabel("Done by")).toHaveValue(/^[0-9a-f-]{36}$/);

  await expect(async () => {
    await adminPage.goto(`/traces/${id}`);
    await expect(adminPage.locator(".waterfall")).toContainText("back-postgres", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
});

test("older entries come in place, and the keyboard is enough", async ({ adminPage, page, profile }) => {
  const { email, password } = profile;
  const login = await page.request.post(`${PUBLIC_URL}/api/auth/login`, { data: { email, password } });
  const headers = { authorization: `Bearer ${(await login.json()).access_token}` };
  const { user } = await (await page.request.get(`${PUBLIC_URL}/api/me`, { headers })).json();
  for (let change = 1; change <= 26; change += 1) {
    const data = { bio: `Change ${change}` };
    expect((await page.request.patch(`${PUBLIC_URL}/api/profile`, { headers, data })).status()).toBe(200);
  }
  const rows = adminPage.locator(".audit tbody tr");
  await expect(async () => {
    await adminPage.goto(`/audit?subject=${user.id}&action=profile.updated`);
    await expect(rows.first()).toContainText("version: 27", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await expect(rows).toHaveCount(25);
  await expect(rows.getByRole("link", { name: email })).toHaveCount(50);
  await adminPage.getByRole("link", { name: "Load more" }).focus();
  await adminPage.keyboard.press("Enter");
  await expect(rows).toHaveCount(26);
  await expect(rows.last()).toContainText("version: 2");
  await expect(rows.last().getByRole("link", { name: email })).toHaveCount(2);
  await expect(adminPage.getByRole("link", { name: "Load more" })).toHaveCount(0);
  await expect(adminPage).not.toHaveURL(/cursor/);
});

test("what is wrong with a filter is said at its field, and nothing found says so", async ({ adminPage }) => {
  await adminPage.goto("/audit");
  await adminPage.getByLabel("Done by").fill("somebody");
  await adminPage.getByRole("button", { name: "Show" }).click();
  await expect(adminPage.locator(".field-error")).toBeVisible();
  await expectAccessible(adminPage);
  await adminPage.getByLabel("Done by").fill(crypto.randomUUID());
  await adminPage.getByRole("button", { name: "Show" }).click();
  await expect(adminPage.getByText("No entry is like that")).toBeVisible();
  await expectAccessible(adminPage);
  await adminPage.getByRole("link", { name: "Show all" }).first().click();
  await expect(adminPage.locator(".audit")).toBeVisible();
});

test("support does not see the audit log", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  expect((await page.goto("/audit"))?.status()).toBe(403);
  await context.close();
});
