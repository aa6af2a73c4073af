import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL, FRONT_ADMIN_URL, FRONT_PUBLIC_URL, PUBLIC_URL } from "./support/addresses.ts";
import { isLive } from "./support/announcements.ts";
import { expect, test } from "./support/test.ts";

const otherName = (url: string) => url.replace("localhost", "127.0.0.1");

const PAGES = {
  "the gateway": PUBLIC_URL,
  "another name of the gateway": otherName(PUBLIC_URL),
  "the front's own port": FRONT_PUBLIC_URL,
  "another name of the front's own port": otherName(FRONT_PUBLIC_URL),
};
const ADMIN_PAGES = {
  "the gateway": ADMIN_URL,
  "the front's own port": FRONT_ADMIN_URL,
  "another name of the front's own port": otherName(FRONT_ADMIN_URL),
};

for (const [name, url] of Object.entries(PAGES)) {
  test(`a page opened at ${name} is live`, async ({ context, page }) => {
    await logIn(context, demoAccount("user"), url);
    for (const path of ["/app", "/app/profile", "/app/settings"]) {
      await page.goto(url + path);
      await isLive(page);
    }
  });
}

for (const [name, url] of Object.entries(ADMIN_PAGES)) {
  test(`an administrator's page opened at ${name} is live`, async ({ context, page }) => {
    await logIn(context, demoAccount("support"), url);
    for (const path of ["/", "/users"]) {
      await page.goto(url + path);
      await isLive(page);
    }
  });
}

test("each front's cookies are its own on one host", async ({ context }) => {
  await logIn(context, demoAccount("user"), FRONT_PUBLIC_URL);
  await logIn(context, demoAccount("support"), FRONT_ADMIN_URL);
  const names = (await context.cookies(FRONT_PUBLIC_URL)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["dashboard_access", "admin_access"]));
});
