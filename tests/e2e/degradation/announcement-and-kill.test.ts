import { register } from "../support/accounts.ts";
import { isLive, newTitle, review, send, watch } from "../support/announcements.ts";
import { kill } from "../support/services.ts";
import { expect, test } from "../support/test.ts";

const RECOVERY = { timeout: 120_000 };

test.describe.configure({ mode: "default", timeout: 900_000 });
test.use({ trace: "on", screenshot: "on" });

test("an announcement during a kill of back-websockets shows once in every browser", async ({
  browser,
  request,
  adminPage,
}, testInfo) => {
  const [one, another] = [await register(request), await register(request)];
  const pages = [await watch(browser, one), await watch(browser, one), await watch(browser, another)];
  const title = newTitle();

  await test.step("the service dies while the announcement goes out", async () => {
    await review(adminPage, title, "everybody");
    kill("back-websockets");
    await send(adminPage);
  });

  await test.step("every browser comes back and counts it once", async () => {
    for (const [at, page] of pages.entries()) {
      await isLive(page);
      await expect(page.locator(".unread-count")).toHaveText(/^[12]$/, RECOVERY);
      await testInfo.attach(`browser ${at + 1} after the kill`, {
        body: await page.screenshot(),
        contentType: "image/png",
      });
      await page.goto("/app/notifications");
      await expect(page.locator(".notification", { hasText: title })).toHaveCount(1);
    }
    await expect(adminPage.locator(".announcements tbody tr", { hasText: title })).toContainText("Delivered", RECOVERY);
  });

  await test.step("what one browser reads is read in the other", async () => {
    const [first, second, third] = pages as [(typeof pages)[0], (typeof pages)[0], (typeof pages)[0]];
    await first.getByRole("button", { name: `Mark as read: ${title}` }).click();
    await expect(second.getByRole("button", { name: `Mark as read: ${title}` })).toHaveCount(0);
    await expect(third.getByRole("button", { name: `Mark as read: ${title}` })).toHaveCount(1);
  });
  for (const page of pages) await page.context().close();
});
