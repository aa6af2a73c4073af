import { expect, test } from "./support/test.ts";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

test.beforeEach(async ({ page, profile }) => {
  expect(profile.name).toBeTruthy();
  await page.goto("/app/profile");
});

test("every field can be changed, and a name can be cleared again", async ({ page }) => {
  await page.getByLabel("Display name").fill("Testy");
  await page.getByLabel("About you").fill("Line one\nLine two");
  await page.getByLabel("Time zone").fill("Europe/Zagreb");
  await page.getByLabel("Date and number format").selectOption("de");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(".success-message")).toBeFocused();
  await expect(page.locator(".profile-name")).toHaveText("Testy");
  await expect(page.getByLabel("About you")).toHaveValue("Line one\nLine two");
  await page.getByLabel("Display name").fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(".profile-name")).toHaveText("Test User");
});

test("the second tab sees a change by itself and says so", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto("/app/profile");
  await expect(second.locator(".live-indicator")).toContainText("Live");
  await page.getByLabel("Display name").fill("From the first tab");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(second.locator(".profile-name")).toHaveText("From the first tab");
  await expect(second.locator(".toast")).toContainText("changed in another window");
  await expect(second.getByLabel("Display name")).toHaveValue("From the first tab");
});

test("two saves at once: the second sees both versions and chooses", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto("/app/profile");
  await second.getByLabel("Display name").fill("Second");
  await second.getByLabel("About you").fill("Second's text");
  await page.getByLabel("Display name").fill("First");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(".profile-name")).toHaveText("First");
  await second.getByRole("button", { name: "Save changes" }).click();
  const conflict = second.locator(".conflict");
  await expect(conflict).toContainText("First");
  await expect(conflict).toContainText("Second's text");
  await conflict.getByRole("radio", { name: /Saved\s*First/ }).check();
  await conflict.getByRole("button", { name: "Save selection" }).click();
  await expect(second.locator(".profile-name")).toHaveText("First");
  await expect(second.getByLabel("About you")).toHaveValue("Second's text");
});

test("the other version can be overwritten as a whole", async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto("/app/profile");
  await second.getByLabel("Display name").fill("Second");
  await page.getByLabel("Display name").fill("First");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.locator(".success-message")).toBeVisible();
  await second.getByRole("button", { name: "Save changes" }).click();
  await second.getByRole("button", { name: "Use all of mine" }).click();
  await expect(second.locator(".profile-name")).toHaveText("Second");
});

test("a picture is previewed, stored, shown and removed", async ({ page }) => {
  const picture = page.locator("img").last();
  await page.getByLabel("New picture").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: PIXEL });
  await expect(picture).toHaveAttribute("src", /^blob:/);
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.locator(".success-message")).toBeVisible();
  await expect(picture).toHaveAttribute("src", /^\/api\/avatars\//);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Remove picture" }).click();
  await expect(page.locator("img")).toHaveCount(0);
});

test("what is no picture is refused in the browser and by the server", async ({ page }) => {
  await page.getByLabel("New picture").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: PIXEL });
  await expect(page.locator(".field-error")).toContainText("PNG, JPEG");
  const liar = Buffer.from("This is not a picture at all");
  await page.getByLabel("New picture").setInputFiles({ name: "liar.png", mimeType: "image/png", buffer: liar });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.locator("[role=alert], .field-error").first()).toBeVisible();
});

test("deleting asks first", async ({ page }) => {
  await page.getByRole("button", { name: "Delete profile" }).click();
  await page.getByRole("button", { name: "Keep profile" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "Delete profile" }).click();
  await page.getByRole("button", { name: "Delete profile", exact: true }).click();
  await expect(page.locator(".success-message")).toContainText("deleted");
  await expect(page.getByRole("link", { name: "Create your profile" })).toBeVisible();
});
