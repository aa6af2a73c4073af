// @vitest-environment node
/** The actions of the announcements form (count, preview, send), and the calls of the other pages. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { count, preview, send } from "./actions.server.ts";
import { listAnnouncements } from "./announcements.server.ts";

const DRAFT = { title: "News", body: "Words", key: "attempt-1" };
afterEach(() => vi.unstubAllGlobals());

test("the number of recipients is shown, or nothing when it cannot be", async () => {
  const { session, asked } = asking({ recipients: 7 }, { problem: 503 });
  expect(await count(session, form(DRAFT))).toEqual({ count: 7 });
  expect(asked[0]?.call).toBe("POST /api/announcements/audience");
  expect(await count(session, form(DRAFT))).toEqual({ count: null });
});

test("before it is sent, a draft is asked about with how many it reaches", async () => {
  const { session } = asking({ recipients: 7 }, { problem: 503 });
  expect(await preview(session, form(DRAFT))).toMatchObject({
    recipients: 7,
    key: "attempt-1",
    draft: { title: "News" },
  });
  expect(await preview(session, form(DRAFT))).toMatchObject({ init: { status: 503 }, data: { key: "attempt-1" } });
});

test("a draft that lacks something is refused before anybody is counted", async () => {
  const { session, asked } = asking();
  const refused = await preview(session, form({ ...DRAFT, title: "" }));
  expect(refused).toMatchObject({ init: { status: 422 }, data: { draft: { title: "" } } });
  expect(asked).toEqual([]);
});

test("an announcement is sent under its attempt's key, and leads back to the list", async () => {
  const { session, asked, messages } = asking({}, { problem: 409 });
  expect(await redirected(send(session, form(DRAFT)))).toBe("/announcements");
  expect(messages()).toEqual(["Sending. See progress below."]);
  expect(asked[0]).toMatchObject({ call: "POST /api/announcements", json: { title: "News", body: "Words" } });
  expect(asked[0]?.headers.get("idempotency-key")).toBe("attempt-1");
  expect(await send(session, form(DRAFT))).toMatchObject({ init: { status: 409 }, data: { draft: { title: "News" } } });
});

test("the list is read a page at a time", async () => {
  const { session, asked } = asking({ items: [] });
  await listAnnouncements(session, { limit: 5, cursor: "c" });
  expect(asked[0]?.call).toBe("GET /api/announcements?limit=5&cursor=c");
});
