/** `test` with a user of its own who is logged in, and an administrator. */
import { test as base, type Page } from "@playwright/test";
import { type Account, demoAccount, logIn, register } from "./accounts.ts";
import { ADMIN_URL } from "./addresses.ts";
import { verifyEmail } from "./email-verification.ts";

interface People {
  /** A new account; `page` is logged in with it. */
  user: Account;
  /** The same, with a confirmed address. */
  verified: Account;
  /** The same, with a profile. */
  profile: Account;
  /** A page of another browser, logged in as an administrator. */
  adminPage: Page;
}

export const test = base.extend<People>({
  user: async ({ context }, use) => {
    const account = await register(context.request);
    await logIn(context, account);
    await use(account);
  },
  verified: async ({ request, user }, use) => {
    await verifyEmail(request, user.email);
    await use(user);
  },
  profile: async ({ page, user }, use) => {
    await createProfile(page, user.name);
    await use(user);
  },
  adminPage: async ({ browser }, use) => {
    const context = await browser.newContext({ baseURL: ADMIN_URL });
    await logIn(context, demoAccount("admin"), ADMIN_URL);
    await use(await context.newPage());
    await context.close();
  },
});

export async function createProfile(page: Page, name: string): Promise<void> {
  await page.goto("/app/profile/create");
  await page.fill('input[name="name"]', name);
  await page.click('main button[type="submit"]');
  await page.waitForSelector(".success-message");
}

export { expect } from "@playwright/test";
