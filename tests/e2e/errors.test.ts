import { FRONT_PUBLIC_URL, PUBLIC_URL } from "./support/addresses.ts";
import { pagesOf } from "./support/pages.ts";
import { expect, test } from "./support/test.ts";

test("an unknown page is a 404 with a way back", async ({ page }) => {
  expect((await page.goto("/no-such-page"))?.status()).toBe(404);
  await page.getByRole("link", { name: "Back to home" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Every tool");
});

test("an unknown page behind the login keeps the navigation", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  expect((await page.goto("/app/no-such-page"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nothing hangs");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Billing" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Billing");
});

test("a form of another site changes nothing", async ({ request }) => {
  for (const origin of ["https://evil.example", "null", ""]) {
    const headers: Record<string, string> = origin ? { origin } : {};
    const response = await request.post(`${PUBLIC_URL}/login`, { form: { email: "a", password: "b" }, headers });
    expect(response.status(), `origin ${origin}`).toBe(400);
  }
});

test("pages say who they may talk to, and carry a correlation id", async ({ request }) => {
  const response = await request.get(`${FRONT_PUBLIC_URL}/`, { headers: { "x-correlation-id": "e2e-correlation-1" } });
  expect(response.headers()["x-correlation-id"]).toBe("e2e-correlation-1");
  const policy = response.headers()["content-security-policy"] ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  expect(nonce).not.toBe("");
  const scripts = (await response.text()).match(/<script(?=[\s>])[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
});

test("no page breaks the content security policy", async ({ page, profile }) => {
  expect(profile.email).toBeTruthy();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  for (const path of [...pagesOf("front-public", "open"), ...pagesOf("front-public", "behind the login")]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
  }
  expect(complaints).toEqual([]);
});

test("an oversized form is refused", async ({ request }) => {
  const response = await request.post(`${FRONT_PUBLIC_URL}/register`, {
    headers: { origin: FRONT_PUBLIC_URL, "content-type": "application/x-www-form-urlencoded" },
    data: `email=${"a".repeat(4 * 1024 * 1024)}`,
  });
  expect(response.status()).toBe(413);
});
