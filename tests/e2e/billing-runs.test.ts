import { PUBLIC_URL } from "./support/addresses.ts";
import { startRun } from "./support/billing.ts";
import { expect, test } from "./support/test.ts";

test("a preview counts and issues nothing", async ({ adminPage }) => {
  await startRun(adminPage, "2026-09", true);
  await expect(adminPage.locator(".success-message")).toBeVisible();
  const row = adminPage.locator(".runs tbody tr", { hasText: "September 2026" }).first();
  await expect(row).toContainText("Preview");
  await expect(row).toContainText("Done", { timeout: 120_000 });
  await row.getByRole("link", { name: "September 2026" }).click();
  await expect(adminPage.locator(".run")).toContainText("Would be issued");
  await expect(adminPage.getByText("A preview issues none.")).toBeVisible();
});

test("a run that is not followed live can be asked for its state", async ({ adminPage }) => {
  await startRun(adminPage, "2026-06", true);
  await expect(adminPage.locator(".runs tbody tr", { hasText: "June 2026" }).first()).toContainText("Done", {
    timeout: 120_000,
  });
  const cookie = (await adminPage.context().cookies()).find(({ name }) => name === "admin_access");
  const headers = { authorization: `Bearer ${cookie?.value}` };
  const runs = await adminPage.request.get(`${PUBLIC_URL}/api/billing/runs`, { headers });
  const { items } = (await runs.json()) as { items: { period: string; task_id: string }[] };
  const run = items.find(({ period }) => period === "2026-06");
  const polled = await adminPage.goto(`/billing/tasks/${run?.task_id}`);
  expect(await polled?.json()).toMatchObject({ task: { ok: true, data: { state: "succeeded", progress: 1 } } });
});
