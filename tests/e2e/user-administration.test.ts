import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL, PUBLIC_URL } from "./support/addresses.ts";
import { startRun } from "./support/billing.ts";
import { expect, test } from "./support/test.ts";

test("only administrators come in, and are told why not", async ({ page, user }) => {
  await page.goto(`${ADMIN_URL}/login`);
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("not an administrator");
  await page.goto(`${ADMIN_URL}/users`);
  await expect(page).toHaveURL(/\/login/);
});

test("users are found, page by page", async ({ adminPage, user }) => {
  await adminPage.goto("/users");
  await expect(adminPage.locator(".users tbody tr").first()).toBeVisible();
  await adminPage.getByRole("searchbox").fill(user.email);
  await adminPage.getByRole("button", { name: "Search" }).click();
  await expect(adminPage.locator(".users tbody tr")).toHaveCount(1);
  await expect(adminPage.locator(".users")).toContainText(user.email);
  await adminPage.getByRole("searchbox").fill("nobody-has-this-name");
  await adminPage.getByRole("button", { name: "Search" }).click();
  await expect(adminPage.getByText("Nobody matches")).toBeVisible();
});

test("support sees users and no billing", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const page = await context.newPage();
  await page.goto("/users");
  await expect(page.locator(".users tbody tr").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Billing runs" })).toHaveCount(0);
  expect((await page.goto("/billing"))?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("not yours");
  await context.close();
});

test("a dry run counts and issues nothing", async ({ adminPage }) => {
  await startRun(adminPage, "2026-09", true);
  await expect(adminPage.locator(".success-message")).toBeVisible();
  const run = adminPage.locator(".run", { hasText: "September 2026" }).first();
  await expect(run).toContainText("Done", { timeout: 120_000 });
  await expect(run).toContainText("Would be issued");
});

test("a run that is not followed live can be asked for its state", async ({ adminPage }) => {
  await startRun(adminPage, "2026-06", true);
  await expect(adminPage.locator(".run", { hasText: "June 2026" }).first()).toContainText("Done", { timeout: 120_000 });
  const cookie = (await adminPage.context().cookies()).find(({ name }) => name === "admin_access");
  const headers = { authorization: `Bearer ${cookie?.value}` };
  const runs = await adminPage.request.get(`${PUBLIC_URL}/api/billing/runs`, { headers });
  const { items } = (await runs.json()) as { items: { period: string; task_id: string }[] };
  const run = items.find(({ period }) => period === "2026-06");
  const polled = await adminPage.goto(`/billing/tasks/${run?.task_id}`);
  expect(await polled?.json()).toMatchObject({ task: { ok: true, data: { state: "succeeded", progress: 1 } } });
});
