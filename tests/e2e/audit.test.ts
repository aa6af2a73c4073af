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
  const trace = rows.first().getByRole("rowheader").getByRole("link", { name: "Trace" });
  const to = (await trace.getAttribute("href")) ?? "";

  const by = rows.first().locator("td").first().getByRole("link").first();
  await expect(by).toHaveText(demoAccount("admin").email);
  await expect(by).toHaveAttribute("title", /^[0-9a-f-]{36}$/);
  await by.click();
  await expect(adminPage).toHaveURL(/actor=[0-9a-f-]{36}/);
  await expect(adminPage.getByRole("link", { name: /Remove the filter Done by/ })).toContainText(
    demoAccount("admin").email,
  );

  await expect(async () => {
    await adminPage.goto(to);
    await expect(adminPage.locator(".waterfall")).toContainText("back-postgres", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
});

test("older entries are on the next page, and the keyboard is enough", async ({ adminPage, page, profile }) => {
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
  await adminPage.getByRole("link", { name: "Next page" }).focus();
  await adminPage.keyboard.press("Enter");
  await expect(rows).toHaveCount(1);
  await expect(rows.last()).toContainText("version: 2");
  await expect(rows.last().getByRole("link", { name: email })).toHaveCount(2);
  await expect(adminPage).toHaveURL(/subject=.*action=.*cursor=/);
});

test("what is wrong with a filter is said at its field, and nothing found says so", async ({ adminPage }) => {
  await adminPage.goto("/audit");
  await adminPage.getByText("Filter", { exact: true }).click();
  await adminPage.getByLabel("Done by").fill("somebody");
  await adminPage.getByRole("button", { name: "Apply" }).click();
  await expect(adminPage.locator(".field-error")).toBeVisible();
  await expectAccessible(adminPage);
  await adminPage.getByRole("textbox", { name: "Done by" }).fill(crypto.randomUUID());
  await adminPage.getByRole("button", { name: "Apply" }).click();
  await expect(adminPage.getByText("No entry matches")).toBeVisible();
  await expectAccessible(adminPage);
  await adminPage.getByRole("link", { name: "Clear all filters" }).click();
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
