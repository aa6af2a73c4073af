import { expectAccessible } from "./support/accessibility.ts";
import { demoAccount, logIn } from "./support/accounts.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { expect, test } from "./support/test.ts";

test("a click is followed to the row by its correlation id", async ({ page, user, adminPage }) => {
  await page.goto("/app/profile/create");
  await page.fill('input[name="name"]', user.name);
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.click('main button[type="submit"]');
  const id = (await (await answer).allHeaders())["x-correlation-id"] ?? "";
  expect(id).toMatch(/^[0-9a-f-]{36}$/);

  await adminPage.goto("/traces");
  await adminPage.getByLabel("Find by correlation ID").fill(id);
  await adminPage.getByRole("button", { name: "Find" }).click();
  await expect(adminPage).toHaveURL(new RegExp(id));
  await expect(async () => {
    await adminPage.reload();
    for (const service of ["front-public", "back-api", "back-postgres"]) {
      await expect(adminPage.locator(".waterfall")).toContainText(service, { timeout: 1_000 });
    }
  }).toPass({ timeout: 120_000 });
  await expect(adminPage.locator(".waterfall")).toContainText("INSERT INTO profiles");
  await expect(adminPage.locator(".log-lines")).toContainText("request");
  await expectAccessible(adminPage);
  await adminPage.getByText("All steps as a table").click();
  await expectAccessible(adminPage);

  await adminPage.getByRole("link", { name: "All traces" }).click();
  await expect(adminPage.locator(".traces")).toContainText(id);
});

test("an id that nothing is known of says how long traces are kept", async ({ adminPage }) => {
  expect((await adminPage.goto(`/traces/${crypto.randomUUID()}`))?.status()).toBe(404);
  await expect(adminPage.getByText("kept for a day")).toBeVisible();
  await expectAccessible(adminPage);
});

test("support looks at traces, and a browser cannot continue one", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"; // asks not to be traced
  const id = crypto.randomUUID();
  const page = await context.newPage();
  await page.setExtraHTTPHeaders({ traceparent, "x-correlation-id": id });
  await page.goto("/users");
  await page.setExtraHTTPHeaders({});
  await expect(async () => {
    await page.goto(`/traces/${id}`);
    await expect(page.locator(".waterfall")).toContainText("GET users", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await context.close();
});
