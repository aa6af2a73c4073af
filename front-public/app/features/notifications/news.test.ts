import type { Notification } from "@dashboard/front/api/types.ts";
import { expect, test } from "vitest";
import { catchUpToast, isOurs, newsToast, showsToast } from "./news.ts";

const news = (changes: Partial<Notification> = {}): Notification => ({
  id: "1",
  user_id: "u",
  kind: "announcement",
  title: "News",
  quiet: false,
  body: "Text",
  created_at: "2026-11-25T12:00:00Z",
  ...changes,
});

test("quiet ones and those that were read elsewhere are not shown", () => {
  expect(showsToast(news())).toBe(true);
  expect(showsToast(news({ quiet: true }))).toBe(false);
  expect(showsToast(news({ read_at: "2026-11-25T12:00:01Z" }))).toBe(false);
});

test("only a path of ours becomes a link", () => {
  expect(newsToast(news({ link: "/app/billing" })).link).toBe("/app/billing");
  for (const link of ["https://evil.example", "//evil.example", "javascript:alert(1)", null, undefined]) {
    expect(isOurs(link)).toBe(false);
  }
});

test("who comes back is shown what arrived meanwhile", () => {
  expect(catchUpToast(3, true)).toMatchObject({
    title: "You’re back online",
    body: expect.stringMatching(/^3 notifications/),
  });
  expect(catchUpToast(1, false)?.body).toMatch(/^One notification/);
  expect(catchUpToast(0, true)?.body).toMatch(/Nothing new/);
  expect(catchUpToast(0, false)).toBeNull();
});
