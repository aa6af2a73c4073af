import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility.ts";
import { demoAccount, logIn, logOut } from "./support/accounts.ts";
import { ADMIN_URL, FRONT_ADMIN_URL } from "./support/addresses.ts";
import { choosePro } from "./support/billing.ts";
import { press } from "./support/keyboard.ts";
import { expect, test } from "./support/test.ts";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search" });
const searchField = (page: Page) => palette(page).getByRole("combobox", { name: "Search" });
const rail = (page: Page) => page.getByRole("navigation", { name: "Pages" });

/** Keys are heard once their code is here: the menu then names them. */
async function listens(page: Page): Promise<void> {
  await expect(page.locator("#account-menu kbd")).toHaveCount(1);
}

test("the palette leads to a page by keys alone, and gives the focus back", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  await listens(page);
  await page.keyboard.press("Control+k");
  await expect(searchField(page)).toBeFocused();
  await searchField(page).fill("set");
  await expect(palette(page).getByRole("option", { name: "Settings" })).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/app\/settings$/);
  await expect(palette(page)).toHaveCount(0);

  const link = page.getByRole("link", { name: "Search", exact: true });
  await press(page, link);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toHaveCount(0);
  await expect(link).toBeFocused();
});

test("the palette finds what somebody may see, and says so when there is nothing", async ({
  page,
  adminPage,
  user,
}) => {
  await adminPage.goto("/");
  await listens(adminPage);
  await adminPage.keyboard.press("/");
  await searchField(adminPage).fill(user.email);
  await palette(adminPage).getByRole("option", { name: user.email }).click();
  await expect(adminPage.getByRole("table")).toContainText(user.email);

  await page.goto("/app");
  await listens(page);
  await page.keyboard.press("Control+k");
  await searchField(page).fill(user.email);
  await expect(palette(page).getByRole("status")).toContainText("Nothing is called");
});

test("of the administration the palette offers what the role may do", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  await logIn(context, demoAccount("support"), ADMIN_URL);
  const page = await context.newPage();
  await page.goto("/search?q=");
  await expect(page.getByRole("link", { name: "Users" }).last()).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Start a billing run" })).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Billing runs" })).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: "Write an announcement" })).toHaveCount(0);
  await context.close();
});

test("keys lead through the pages, and do nothing while somebody types", async ({ page, profile }) => {
  expect(profile.email).toBeTruthy();
  await page.goto("/app/profile");
  await listens(page);
  const name = page.getByLabel("Display name");
  await name.focus();
  await page.keyboard.type("g b ?");
  await expect(name).toHaveValue("g b ?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await name.fill("");
  await name.blur();
  await page.keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(shortcuts).toContainText("Billing");
  await expectAccessible(page);
  await shortcuts.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(shortcuts).toHaveCount(0);
  await page.getByRole("button", { name: /^Your account/ }).click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await shortcuts.getByRole("checkbox").check();
  await shortcuts.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/app\/billing$/);
});

test("the rail collapses, and the server remembers it", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  await page.getByRole("button", { name: "Collapse" }).click();
  const expand = page.getByRole("button", { name: "Expand the menu" });
  await expect(expand).toBeVisible();
  await expect(rail(page).getByRole("link", { name: "Billing" })).toHaveAttribute("title", "Billing");
  await expect.poll(async () => (await page.request.get("/app")).text()).toContain("Expand the menu");
  await page.reload();
  await expect(expand).toBeVisible();
  await expectAccessible(page);
});

test("the entry of the page that was asked for is marked before it is there", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/app\/billing\.data/, async (route) => {
    await asked;
    await route.continue();
  });
  const billing = rail(page).getByRole("link", { name: "Billing" });
  await billing.click();
  await expect(billing).toHaveAttribute("data-marked", "true");
  await expect(billing).not.toHaveAttribute("aria-current");
  answer();
  await expect(billing).toHaveAttribute("aria-current", "page");
});

test("the menu of the account names its owner, and leads staff to the other front and back", async ({
  page,
  adminPage,
  user,
}) => {
  await page.goto("/app");
  await page.getByRole("button", { name: /^Your account/ }).click();
  const menu = page.getByRole("dialog", { name: "Your account" });
  await expect(menu).toContainText(user.email);
  await expect(menu.getByRole("link", { name: "Administration" })).toHaveCount(0);
  await expectAccessible(page);
  await menu.getByRole("link", { name: "Settings" }).click();
  await expect(menu).toBeHidden();

  await adminPage.goto("/users");
  await adminPage.getByRole("button", { name: /^Your account/ }).click();
  await expectAccessible(adminPage);
  await adminPage.getByRole("link", { name: "Your own dashboard" }).click();
  await expect(adminPage).toHaveURL(/\/login\?next=%2Fapp$/);
});

for (const width of [320, 390]) {
  test(`on a phone of ${width} pixels four pages and More are under the thumb, for staff too`, async ({
    page,
    adminPage,
    user,
  }) => {
    expect(user.email).toBeTruthy();
    for (const [shown, path, four, last] of [
      [page, "/app", ["Dashboard", "Profile", "Notifications", "Billing"], "Settings"],
      [adminPage, "/", ["Overview", "Users", "Billing runs", "Announcements"], "Audit log"],
    ] as const) {
      await shown.setViewportSize({ width, height: 700 });
      await shown.goto(path);
      const bar = rail(shown);
      await expect(bar.locator(":scope > ul").getByRole("link")).toHaveText(four);
      for (const link of await bar.locator(":scope > ul > li").all()) {
        const [box, text] = await link.evaluate((item) => [item.clientWidth, item.scrollWidth]);
        expect(text).toBeLessThanOrEqual(box as number);
      }
      await bar.getByRole("button", { name: "More" }).click();
      await expectAccessible(shown);
      await bar.getByRole("link", { name: last }).click();
      await expect(shown.getByRole("heading", { level: 1 })).toContainText(last);
      await expect(bar.getByRole("link", { name: last })).toBeHidden();
    }
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("rail, search, theme, menu and logout work", async ({ page, verified }) => {
    expect(verified.email).toBeTruthy();
    await choosePro(page);
    await page.getByRole("button", { name: "Collapse" }).click();
    await expect(page.getByRole("button", { name: "Expand the menu" })).toBeVisible();
    await expect(page).toHaveURL(/\/app\/billing/);
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.getByRole("searchbox", { name: "Search" }).fill("notif");
    await page.getByRole("main").getByRole("button", { name: "Search" }).click();
    await page.getByRole("main").getByRole("link", { name: "Notifications", exact: true }).click();
    await expect(page).toHaveURL(/\/app\/notifications$/);
    await page.getByRole("button", { name: /^Your account/ }).click();
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page).toHaveURL(/\/app\/notifications$/);
    await logOut(page);
  });
});

test("tabs, robots and previews learn what a page is", async ({ page, request }) => {
  await page.goto("/no-such-page");
  await expect(page).toHaveTitle("Not found · Tools Dashboard");
  await page.goto("/");
  await expect(page.locator("meta[name=description]")).toHaveCount(1);
  const picture = (await page.locator('meta[property="og:image"]').getAttribute("content")) ?? "";
  for (const base of ["", FRONT_ADMIN_URL]) {
    for (const path of ["/robots.txt", "/favicon.ico", "/apple-touch-icon.png", "/site.webmanifest"]) {
      expect((await request.get(base + path)).status(), base + path).toBe(200);
    }
  }
  expect((await request.get(picture)).headers()["content-type"]).toBe("image/png");
});
