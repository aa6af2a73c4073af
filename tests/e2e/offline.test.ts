import { expect, test } from "./support/test.ts";

const banner = ".connection-banner";

test("offline, a page says so, keeps what was typed, and saves it when it is back", async ({
  page,
  context,
  profile,
}) => {
  expect(profile.name).toBeTruthy();
  await page.goto("/app/profile");
  await expect(page.locator(".live-indicator")).toContainText("Live");
  await context.setOffline(true);
  await expect(page.locator(banner)).toContainText("You’re offline");
  await page.getByLabel("Display name").fill("Typed on the train");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(banner)).toContainText("aren’t saved yet");
  await expect(page.getByLabel("Display name")).toHaveValue("Typed on the train");
  await context.setOffline(false);
  await expect(page.locator(".profile-name")).toHaveText("Typed on the train");
  await expect(page.locator(banner)).toHaveCount(0);
  await expect(page.locator(".toast")).toContainText("You’re back online");
  await expect(page.locator(".live-indicator")).toContainText("Live");
});

test("a link that was followed offline opens when the network is back", async ({ page, context, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  // The code of the other pages is fetched a moment after the page itself.
  await expect(page.locator("link[rel=modulepreload]").nth(8)).toBeAttached();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByRole("link", { name: "Billing", exact: true }).click();
  await expect(page.locator(banner)).toContainText("You’re offline");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
});

test("offline from the first moment, a link whose page has no code yet opens when the network is back", async ({
  page,
  context,
  user,
}) => {
  expect(user.email).toBeTruthy();
  const code = "**/assets/index-*.js"; // of pages that the dashboard links to
  await page.route(code, (route) => route.abort("internetdisconnected"));
  await page.goto("/app");
  await expect(page.locator(".live-indicator")).toContainText("Live");
  await context.setOffline(true);
  await page.getByRole("link", { name: "Billing", exact: true }).first().click();
  await expect(page.locator(banner)).toContainText("You’re offline");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
  await page.unroute(code);
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
  await expect(page.locator(banner)).toHaveCount(0);
});

test("a save that waits for the network is asked about before its page is left", async ({ page, context, profile }) => {
  expect(profile.name).toBeTruthy();
  await page.goto("/app/profile");
  await expect(page.locator(".live-indicator")).toContainText("Live");
  await context.setOffline(true);
  await page.getByLabel("Display name").fill("Typed on the train");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(banner)).toContainText("aren’t saved yet");
  await page.getByRole("link", { name: "Billing", exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await context.setOffline(false);
  await expect(page.locator(".profile-name")).toHaveText("Typed on the train");
});

test("a server that cannot be reached asks for another try, and the page stays", async ({ page, profile }) => {
  expect(profile.name).toBeTruthy();
  await page.goto("/app/profile");
  await page.route("**/*.data*", (route) => route.abort("connectionfailed"));
  await page.getByLabel("Display name").fill("Twice");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(banner)).toContainText("aren’t saved yet");
  await page.unroute("**/*.data*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".profile-name")).toHaveText("Twice");
});
