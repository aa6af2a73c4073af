import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./support/accessibility.ts";
import { demoAccount, idOf, logIn } from "./support/accounts.ts";
import { ADMIN_URL } from "./support/addresses.ts";
import { isLive } from "./support/announcements.ts";
import { deadLetter, type Event, event, handTo, leaveUnsent } from "./support/domain-events.ts";
import { press } from "./support/keyboard.ts";
import { expect, test } from "./support/test.ts";

/** Five attempts with pauses that double, from one second. */
const GIVEN_UP = { timeout: 120_000 };
const letterOf = (page: Page, { id }: Event): Locator => page.locator(".letters tbody tr", { hasText: id });
const linkTo = (page: Page, event: Event): Locator => letterOf(page, event).getByRole("link", { name: event.type });
const figure = (page: Page) => page.locator("dl > div", { hasText: "Dead letters" });
const welcomeFor = (user: string, name: string) =>
  event("user.registered", user, { user: { id: user, email: "somebody@example.com", name } });

test("what no consumer can handle shows by itself, fails again when replayed, and is discarded by keyboard", async ({
  page,
  user,
  adminPage,
}) => {
  test.slow();
  const poison = event("user.registered", await idOf(page), { user: "not what a user looks like" });
  expect(user.email).toBeTruthy();
  await adminPage.goto("/events");
  handTo("notifications", poison);
  const letter = letterOf(adminPage, poison);
  await expect(letter).toBeVisible(GIVEN_UP);
  await expect(letter.locator("[data-label=Tries]")).toHaveText("5");
  await expect(figure(adminPage)).not.toContainText(/^Dead letters0/);
  await expectAccessible(adminPage);

  await test.step("replayed before the cause is gone, it comes back", async () => {
    await press(adminPage, linkTo(adminPage, poison));
    await expect(adminPage.getByRole("heading", { level: 1 })).toHaveText("user.registered");
    await expectAccessible(adminPage);
    await press(adminPage, adminPage.getByRole("button", { name: "Replay …" }));
    const question = adminPage.getByRole("dialog", { name: "Replay user.registered?" });
    await expect(question).toContainText("The group notifications handles it again.");
    await press(adminPage, question.getByRole("button", { name: "Replay event" }));
    await expect(adminPage).toHaveURL(/\/events$/);
    await expect(adminPage.locator(".success-message")).toContainText("replayed");
    await expect(adminPage.locator(".success-message")).toBeFocused();
    await expect(letter).toHaveCount(0);
    await expect(letter).toBeVisible(GIVEN_UP);
  });

  await test.step("discarding asks first, and Escape is a no", async () => {
    await press(adminPage, linkTo(adminPage, poison));
    const discard = adminPage.getByRole("button", { name: "Discard …" });
    await press(adminPage, discard);
    const question = adminPage.getByRole("dialog", { name: "Discard user.registered?" });
    await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
    await expectAccessible(adminPage);
    await adminPage.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(discard).toBeFocused();
    await adminPage.keyboard.press("Enter");
    const gone = adminPage.url();
    await press(adminPage, question.getByRole("button", { name: "Discard event" }));
    await expect(adminPage.locator(".success-message")).toContainText("discarded");
    await expect(letter).toHaveCount(0);
    const answer = await adminPage.goto(gone);
    expect(answer?.status()).toBe(404);
    await expect(adminPage.getByText("This letter is gone")).toBeVisible();
  });
});

test("a dead letter whose cause is gone is replayed: it leaves the list, and takes effect once", async ({
  page,
  user,
  adminPage,
}) => {
  await page.goto("/app");
  await isLive(page);
  await expect(page.locator(".unread-count")).toHaveText("1");
  const dead = welcomeFor(await idOf(page), user.name);
  await adminPage.goto("/events");
  deadLetter("notifications", dead, "KeyError: 'name'");
  const letter = letterOf(adminPage, dead);
  await press(adminPage, linkTo(adminPage, dead));
  await expect(adminPage.locator(".facts", { hasText: dead.id })).toBeVisible();
  await expect(adminPage.locator("pre")).toContainText("s***@example.com");
  await press(adminPage, adminPage.getByRole("button", { name: "Replay …" }));
  await press(adminPage, adminPage.getByRole("button", { name: "Replay event" }));
  await expect(adminPage.locator(".success-message")).toContainText("replayed");
  await expect(letter).toHaveCount(0);

  await expect(page.locator(".toast")).toHaveCount(1);
  await expect(page.locator(".unread-count")).toHaveText("2");
  handTo("notifications", dead);
  handTo("notifications", welcomeFor(dead.user_id, user.name));
  await expect(page.locator(".unread-count")).toHaveText("3");
  await page.goto("/app/notifications");
  await expect(page.locator(".notification")).toHaveCount(3);
});

test("of what no relay could send, one event is discarded and one is sent once more: it arrives, alone", async ({
  page,
  user,
  adminPage,
}) => {
  await page.goto("/app");
  await isLive(page);
  await expect(page.locator(".unread-count")).toHaveText("1");
  const id = await idOf(page);
  const [gone, late] = [welcomeFor(id, user.name), welcomeFor(id, user.name)];
  for (const unsent of [gone, late]) leaveUnsent(unsent);
  await adminPage.goto("/events");
  await adminPage.getByRole("link", { name: "Never sent" }).click();
  await expect(letterOf(adminPage, late)).toContainText("too long");
  await expect(adminPage.locator("dl > div", { hasText: "Unpublished" })).toContainText("could not be sent");

  await test.step("discarding asks first, and says what it means", async () => {
    await linkTo(adminPage, gone).click();
    await adminPage.getByRole("button", { name: "Discard …" }).click();
    const question = adminPage.getByRole("dialog", { name: "Discard user.registered?" });
    await expect(question).toContainText("No consumer will ever get it");
    await question.getByRole("button", { name: "Discard event" }).click();
    await expect(adminPage).toHaveURL(/kind=unsent/);
    await expect(adminPage.locator(".success-message")).toContainText("discarded");
    await expect(letterOf(adminPage, gone)).toHaveCount(0);
  });

  await test.step("sent once more, it takes effect; the one that was discarded, which was older, does not", async () => {
    await linkTo(adminPage, late).click();
    await adminPage.getByRole("button", { name: "Replay …" }).click();
    await adminPage.getByRole("button", { name: "Replay event" }).click();
    await expect(adminPage.locator(".success-message")).toContainText("replayed");
    await expect(letterOf(adminPage, late)).toHaveCount(0);
    await expect(page.locator(".toast")).toHaveCount(1);
    await expect(page.locator(".unread-count")).toHaveText("2");
    await adminPage.reload();
    await expect(adminPage.getByRole("link", { name: "Never sent" })).toHaveAttribute("aria-current", "page");
    await expect(letterOf(adminPage, late).or(letterOf(adminPage, gone))).toHaveCount(0);
  });
});

test("a monitor that is paused stands still until it goes on", async ({ page, user, adminPage }) => {
  const dead = welcomeFor(await idOf(page), user.name);
  await adminPage.clock.install();
  await adminPage.goto("/events");
  await press(adminPage, adminPage.getByRole("button", { name: "Pause" }));
  const read: string[] = [];
  adminPage.on("request", (request) => read.push(request.url()));
  deadLetter("mail", dead, "SMTPServerDisconnected: Connection unexpectedly closed");
  await adminPage.clock.runFor(30_000);
  expect(read.filter((url) => url.includes("/events"))).toEqual([]);
  await press(adminPage, adminPage.getByRole("button", { name: "Resume" }), "Space");
  await adminPage.clock.runFor(5_000);
  await expect(letterOf(adminPage, dead)).toBeVisible();
});

test("support looks at dead letters and may do nothing about them; others see no events", async ({
  browser,
  page,
  user,
}) => {
  const dead = welcomeFor(await idOf(page), user.name);
  deadLetter("mail", dead, "SMTPServerDisconnected: Connection unexpectedly closed");
  const context = await browser.newContext({ baseURL: ADMIN_URL });
  const events = await context.newPage();
  await events.goto("/events");
  await expect(events).toHaveURL(/\/login/);
  await logIn(context, demoAccount("support"), ADMIN_URL);
  await events.goto("/events");
  await expect(letterOf(events, dead)).toBeVisible();
  await expect(letterOf(events, dead).getByRole("checkbox")).toHaveCount(0);
  await linkTo(events, dead).click();
  await expect(events.getByRole("heading", { name: "Why it was not handled" })).toBeVisible();
  await expect(events.getByRole("button", { name: /^(Replay|Discard)/ })).toHaveCount(0);
  for (const intent of ["replay-letters", "discard-letters"]) {
    const form = `kind=dead&id=1764093600000-0&intent=${intent}`;
    const send = async (form: string) =>
      (await fetch("/events", { method: "POST", body: new URLSearchParams(form) })).status;
    expect(await events.evaluate(send, form), intent).toBe(403);
  }
  await context.close();
});

test("several dead letters are discarded at once; each leads to its user, and the figure to the list", async ({
  page,
  user,
  adminPage,
}) => {
  const id = await idOf(page);
  const dead = [1, 2].map(() => welcomeFor(id, user.name));
  for (const each of dead) deadLetter("notifications", each, "KeyError: 'name'");
  await adminPage.goto("/events");
  await adminPage.getByRole("link", { name: "Dead letters" }).first().click();
  await expect(adminPage).toHaveURL(/#letters$/);
  for (const each of dead) await letterOf(adminPage, each).getByRole("checkbox").check();
  await expect(adminPage.getByText("2 selected")).toBeVisible();
  await expectAccessible(adminPage);
  await adminPage.getByRole("button", { name: "Discard selected …" }).click();
  await adminPage.getByRole("dialog").getByRole("button", { name: "Discard selected" }).click();
  await expect(adminPage.locator(".success-message")).toContainText("2 events discarded");
  for (const each of dead) await expect(letterOf(adminPage, each)).toHaveCount(0);
  await adminPage.goto(`/users/${id}`);
  await expect(adminPage.getByRole("heading", { level: 1 })).toContainText(user.name);
});

test("a recent event leads to its page, and from there to its user; one that is gone says so", async ({
  page,
  user,
  adminPage,
}) => {
  const id = await idOf(page);
  await adminPage.goto("/events?stream=events:user");
  const rows = adminPage.locator(".events tbody tr");
  const mine = rows.filter({ hasText: "user.registered", has: adminPage.locator(`a[href="/users/${id}"]`) });
  await mine.getByRole("link", { name: "user.registered" }).click();
  await expect(adminPage.getByRole("heading", { level: 1 })).toHaveText("user.registered");
  await expectAccessible(adminPage);
  await adminPage.locator(`.facts a[href="/users/${id}"]`).click();
  await expect(adminPage.getByRole("heading", { level: 1 })).toContainText(user.name);
  expect((await adminPage.goto("/events/user/1-0"))?.status()).toBe(404);
  await expect(adminPage.getByText("This event is gone")).toBeVisible();
});
