/** The list of billing runs: what it asks and shows, and what it says about what is not there. */
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as list from "./routes/index.tsx";

const RUN = {
  id: "r1",
  task_id: "t1",
  period: "2026-11",
  dry_run: false,
  state: "succeeded",
  requested_by: null,
  due: 1_200,
  processed: 1_200,
  invoices: 1_199,
  total_minor: { EUR: 3_600, USD: 98_000 },
  created_at: "2026-11-23T12:00:00Z",
  finished_at: "2026-11-23T12:01:00Z",
};
const page = (...items: object[]) => ({ items, next_cursor: "c2" });
const cells = (host: HTMLElement, row = 0) =>
  [...(host.querySelectorAll(".runs tbody tr")[row]?.children ?? [])].map(({ textContent }) => textContent);

/** No page reads again meanwhile. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("each run is a row with its figures, and leads to its page", async () => {
  const { host, asked } = await openPage(list, "/billing?cursor=c1", page(RUN));
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/billing/runs?limit=25&cursor=c1"]);
  expect(cells(host).slice(0, 6)).toEqual(["November 2026", "Done", "1,200", "1,199", "€36.00$980.00", "The schedule"]);
  expect(host.querySelector(".runs tbody a")?.getAttribute("href")).toBe("/billing/runs/r1");
  expect(host.querySelector("a[href*='cursor=c2']")).not.toBeNull();
});

test("a preview, a run under way and one that failed are told apart", async () => {
  const preview = { ...RUN, id: "r2", dry_run: true, requested_by: "u1", total_minor: {} };
  const running = { ...RUN, id: "r3", state: "running", processed: 300, finished_at: null };
  const failed = { ...RUN, id: "r4", state: "failed", error: "There is no such plan." };
  const { host } = await openPage(list, "/billing", page(preview, running, failed));
  expect(cells(host, 0)[0]).toContain("Preview");
  expect(cells(host, 0)[4]).toBe("–");
  expect(host.querySelector("a[href='/users/u1']")).not.toBeNull();
  expect(host.querySelectorAll("progress")).toHaveLength(1);
  expect(host.querySelector("progress")?.getAttribute("value")).toBe("25");
  expect(cells(host, 1).at(-1)).toBe("–");
  expect(cells(host, 2)[1]).toBe("FailedThere is no such plan.");
});

test("no runs, runs that are away and a cursor that is refused say so", async () => {
  const none = await openPage(list, "/billing", { items: [], next_cursor: null });
  expect(none.host.textContent).toContain("No runs yet");
  const away = await openPage(list, "/billing", { problem: 503 });
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
  const errors = [{ field: "cursor", message: "This is none." }];
  const refused = await openPage(list, "/billing?cursor=x", { problem: 422, errors });
  expect(refused.host.querySelector("[role=alert]")?.textContent).toContain("cursor: This is none.");
});
