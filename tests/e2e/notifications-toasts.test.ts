import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility.ts";
import { idOf } from "./support/accounts.ts";
import { isLive } from "./support/announcements.ts";
import { event, handTo } from "./support/domain-events.ts";
import { press, tabTo } from "./support/keyboard.ts";
import { expect, test } from "./support/test.ts";

/** Something happens to whoever is logged in on `page`: their browser is notified. */
async function news(page: Page): Promise<void> {
  const id = await idOf(page);
  handTo("notifications", event("user.registered", id, { user: { id, email: "somebody@example.com", name: "Ada" } }));
  await expect(page.locator(".toast")).toHaveCount(1);
}

const motionOf = (page: Page) =>
  page.locator(".toaster").evaluate((toaster) => {
    const moves = (element: Element) => {
      const { animationName, transitionDuration } = getComputedStyle(element);
      return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
    };
    return [...toaster.querySelectorAll("*")].filter(moves).map(({ className }) => String(className));
  });

for (const reducedMotion of ["reduce", "no-preference"] as const) {
  test(`toasts ${reducedMotion === "reduce" ? "stand still for whoever asks for it" : "move in"}`, async ({
    page,
    user,
  }) => {
    expect(user.email).toBeTruthy();
    await page.emulateMedia({ reducedMotion });
    await page.goto("/app");
    await isLive(page);
    await news(page);
    const moving = await motionOf(page);
    if (reducedMotion === "reduce") expect(moving).toEqual([]);
    else expect(moving.join()).toContain("toast");
  });
}

test("a toast is announced once and politely, and leaves whoever types alone", async ({ page, profile }) => {
  expect(profile.email).toBeTruthy();
  await page.goto("/app/profile");
  await isLive(page);
  const region = page.getByRole("region", { name: "New notifications" });
  await expect(region).toHaveAttribute("aria-live", "polite");
  await expect(region).toBeEmpty();
  const name = page.getByLabel("Display name");
  await name.focus();
  await page.keyboard.type("Countess");
  await news(page);
  await expect(name).toBeFocused();
  await page.keyboard.type(" of Lovelace");
  await expect(name).toHaveValue("Countess of Lovelace");

  const title = (await page.locator(".toast p").first().textContent()) ?? "";
  expect(title).not.toBe("");
  await expect(region).toMatchAriaSnapshot(`
    - region "New notifications":
      - paragraph: ${title}
      - 'button "Dismiss: ${title}"'
  `);
  const announcers = page.locator("[aria-live], [role=status], [role=alert]").filter({ hasText: title });
  await expect(announcers).toHaveCount(1);
  await expectAccessible(page);
});

test("a toast is reached and dismissed by keyboard, and the focus goes back", async ({ page, profile }) => {
  expect(profile.email).toBeTruthy();
  await page.goto("/app/profile");
  await isLive(page);
  await page.getByRole("button", { name: "Delete profile" }).focus();
  await news(page);
  const dismiss = page.getByRole("button", { name: /^Dismiss: / });
  await press(page, dismiss);
  await expect(page.locator(".toast")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Delete profile" })).toBeFocused();

  await news(page);
  await page.keyboard.press("Escape");
  await expect(page.locator(".toast")).toHaveCount(0);
});

test("the bell says how many are unread, opens by key, and gets the focus back on Escape", async ({ page, user }) => {
  expect(user.email).toBeTruthy();
  await page.goto("/app");
  await isLive(page);
  const bell = page.getByRole("button", { name: "Notifications, 1 unread", exact: true });
  await press(page, bell);
  const list = page.getByRole("dialog", { name: "Latest notifications" });
  await expect(list).toContainText(/welcome/i);
  await tabTo(page, list.getByRole("button", { name: /^Mark as read: / }));
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(bell).toBeFocused();
  await news(page);
  await expect(page.getByRole("button", { name: "Notifications, 2 unread", exact: true })).toBeFocused();
});
