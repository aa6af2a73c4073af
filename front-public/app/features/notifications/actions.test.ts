// @vitest-environment node
/** The actions of the forms of the bell and of the list: the calls to back-api and the redirects. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { change } from "./actions.server.ts";
import { listNotifications, unreadCount } from "./notifications.server.ts";

const page = () => new URL("http://localhost:8000/app/notifications?unread=true");
afterEach(() => vi.unstubAllGlobals());

test.each([
  ["read", "POST /api/notifications/n%2F1/read", []],
  ["unread", "POST /api/notifications/n%2F1/unread", []],
  ["read-all", "POST /api/notifications/read-all", []],
  ["delete", "DELETE /api/notifications/n%2F1", ["Notification deleted."]],
])(
  "%s asks for it and leads back to the same list, which shows what was read by itself",
  async (intent, call, message) => {
    const { session, asked, messages } = asking();
    const back = await redirected(change(session, form({ intent, id: "n/1" }), page()));
    expect(back).toBe("/app/notifications?unread=true");
    expect(messages()).toEqual(message);
    expect(asked.map((each) => each.call)).toEqual([call]);
  },
);

test("the bell's forms leave the page as it is", async () => {
  const { session } = asking();
  const sent = form({ intent: "read-all" });
  sent.set("then", "stay");
  expect(await change(session, sent, page())).toEqual({ problem: undefined, intent: "read-all", id: "" });
});

test("a refusal is shown with its status; an unknown intent calls nothing", async () => {
  const { session, asked } = asking({ problem: 404 });
  expect(await change(session, form({ intent: "read", id: "n-1" }), page())).toMatchObject({ init: { status: 404 } });
  await expect(change(session, form({ intent: "burn" }), page())).rejects.toMatchObject({ init: { status: 400 } });
  expect(asked).toHaveLength(1);
});

test("the list is asked for with what narrows it, and nothing else", async () => {
  const { session, asked } = asking({ items: [] }, { items: [] }, { count: 3 });
  await listNotifications(session, { limit: 20, unread: true, kind: "security", cursor: "c" });
  await listNotifications(session, { limit: 5, unread: false, kind: null });
  expect(await unreadCount(session)).toBe(3);
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/notifications?limit=20&cursor=c&kind=security&unread=true",
    "GET /api/notifications?limit=5",
    "GET /api/notifications/unread-count",
  ]);
});
