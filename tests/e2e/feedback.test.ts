import type { Page } from "@playwright/test";
import { logIn } from "./support/accounts.ts";
import { expect, test } from "./support/test.ts";

const message = (page: Page) => page.locator(".success-message");

async function rename(page: Page, name: string): Promise<void> {
  await page.goto("/app/profile");
  await page.getByLabel("Display name").fill(name);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(message(page)).toHaveText("Changes saved.");
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("what a form did is said once: not after a reload, not on Back, not to the next login", async ({
      page,
      context,
      profile,
    }) => {
      await rename(page, "Once");
      await expect(page).toHaveURL(/\/app\/profile$/);
      await page.reload();
      await expect(page.locator(".profile-name")).toHaveText("Once");
      await expect(message(page)).toHaveCount(0);

      await rename(page, "Twice");
      await page.getByRole("link", { name: "Billing", exact: true }).first().click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
      await page.goBack();
      await expect(page.locator(".profile-name")).toHaveText("Twice");
      await expect(message(page)).toHaveCount(0);

      await context.clearCookies();
      await logIn(context, profile);
      await page.goto("/app/profile");
      await expect(message(page)).toHaveCount(0);
    });
  });
}

test("a link cannot make a page say something", async ({ page, context, profile }) => {
  expect(profile.email).toBeTruthy();
  await page.goto("/app/billing?done=canceled");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
  await expect(message(page)).toHaveCount(0);
  const payload = { message: "Call 555.", path: "/app/billing", session: "", until: 9_999_999_999_999 };
  const value = `${Buffer.from(JSON.stringify(payload)).toString("base64url")}.AAAA`;
  await context.addCookies([{ name: "dashboard_flash", value, url: page.url() }]);
  await page.goto("/app/billing");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
  await expect(message(page)).toHaveCount(0);
});

test("who leaves a page with something unsaved is asked, and what was typed stays for whoever stays", async ({
  page,
  profile,
}) => {
  expect(profile.email).toBeTruthy();
  await page.goto("/app/profile");
  const bio = page.getByLabel("About you");
  await bio.fill("Half a sentence");
  const billing = page.getByRole("link", { name: "Billing", exact: true }).first();
  await billing.click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(question).toHaveCount(0);
  await expect(bio).toHaveValue("Half a sentence");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(message(page)).toHaveText("Changes saved.");
  await billing.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");

  await page.goto("/app/profile");
  await bio.fill("Never mind");
  await billing.click();
  await question.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
});
