import { expect, test } from "./support/test.ts";

test("how one is notified is chosen, and security stays on", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app/settings");
  const invoices = page.getByRole("group", { name: "Invoices" });
  await invoices.getByRole("checkbox", { name: "In app" }).uncheck();
  await invoices.getByLabel("Email").selectOption("Daily summary");
  await page.getByRole("checkbox", { name: /Do not disturb/ }).check();
  await page.getByLabel("From").fill("21:30");
  await page.getByRole("button", { name: "Save notification settings" }).click();
  await expect(page.locator(".success-message")).toContainText("saved");
  await page.reload();
  await expect(invoices.getByRole("checkbox")).not.toBeChecked();
  await expect(invoices.getByLabel("Email")).toHaveValue("daily");
  await expect(page.getByLabel("From")).toHaveValue("21:30");
  await expect(page.getByRole("group", { name: "Security" }).getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Security" })).toContainText("Always on");
});

test("two windows at once: the second sees what the first has saved", async ({ page, context, user }) => {
  expect(user.email).toBeTruthy();
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto("/app/settings");
    const mail = tab.getByRole("group", { name: "Announcements" }).getByLabel("Email");
    await mail.selectOption(tab === page ? "Never" : "Immediately");
  }
  await page.getByRole("button", { name: "Save notification settings" }).click();
  await expect(page.locator(".success-message")).toBeVisible();
  await second.getByRole("button", { name: "Save notification settings" }).click();
  await expect(second.locator(".conflict")).toBeVisible();
  await expect(second.getByRole("group", { name: "Announcements" })).toContainText("Saved: in app on, email never");
  await second.getByRole("button", { name: "Save my version" }).click();
  await expect(second.locator(".success-message")).toBeVisible();
  await expect(second.getByRole("group", { name: "Announcements" }).getByLabel("Email")).toHaveValue("at_once");
});
