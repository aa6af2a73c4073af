/** The list of announcements: what it asks and shows, beside the form that sends one. */
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as list from "./routes/index.tsx";

const SENT = {
  id: "a1",
  title: "Maintenance",
  body: "From 22:00.",
  link: null,
  audience: { roles: null, plans: null, verified: null },
  state: "succeeded",
  recipients: 1_200,
  delivered: 1_200,
  created_by: "u1",
  created_at: "2026-11-23T12:00:00Z",
  finished_at: "2026-11-23T12:01:00Z",
};
const page = (...items: object[]) => ({ items, next_cursor: "c2" });
const open = (at: string, answer: object) => openPage(list, at, answer);

/** The form does not count yet whom it would reach, and no page reads again. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "setInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("each announcement is a row, and leads to its page; the form is there", async () => {
  const { host, asked } = await open("/announcements?cursor=c1", page(SENT));
  expect(asked[0]?.call).toBe("GET /api/announcements?limit=25&cursor=c1");
  const cells = [...(host.querySelector(".announcements tbody tr")?.children ?? [])];
  expect(cells.slice(0, 4).map(({ textContent }) => textContent)).toEqual([
    "Maintenance",
    "Delivered",
    "Everybody",
    "1,200 of 1,200",
  ]);
  expect(host.querySelector(".announcements tbody a")?.getAttribute("href")).toBe("/announcements/a1");
  expect(host.querySelector("progress")).toBeNull();
  expect(host.querySelector("form [name=title]")).not.toBeNull();
  expect(host.querySelector("a[href*='cursor=c2']")).not.toBeNull();
});

test("one that is being sent shows how far it is", async () => {
  const { host } = await open("/announcements", page({ ...SENT, state: "running", delivered: 300 }));
  expect(host.querySelector("progress")?.getAttribute("value")).toBe("25");
  expect(host.querySelector("tbody [data-label=State]")?.textContent).toContain("Sending");
});

test("none, and announcements that are away, say so; the form stays", async () => {
  const none = await open("/announcements", { items: [], next_cursor: null });
  expect(none.host.textContent).toContain("No announcements yet");
  const away = await open("/announcements", { problem: 503 });
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
  expect(away.host.querySelector("form [name=title]")).not.toBeNull();
});
