/** The list of traces with its loader. */
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as traces from "./routes/index.tsx";

const AWAY = { problem: 503 };
/** No page reads again meanwhile. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("traces are narrowed by their address, and an id leads to its trace", async () => {
  const narrowed = await openPage(traces, "/traces?failed=true", { items: [] });
  expect(narrowed.asked[0]?.call).toBe("GET /api/traces?noise=false&failed=true&limit=50");
  expect(narrowed.host.textContent).toContain("No request of the last day matches");
  const all = await openPage(traces, "/traces", { items: [] });
  expect(all.host.textContent).toContain("No requests yet");
  expect((await openPage(traces, "/traces?id=+a%2Fb+")).here()).toBe("/traces/a%2Fb");
  const away = await openPage(traces, "/traces", AWAY);
  expect(away.host.querySelector(".unavailable")).not.toBeNull();
  expect(away.host.textContent).not.toContain("No requests yet");
});

test("the newest requests keep up to date until somebody pauses; older pages stand still", async () => {
  const refresh = (host: HTMLElement) => host.textContent?.includes("As of") && host.textContent.includes("Pause");
  expect(refresh((await openPage(traces, "/traces", { items: [] })).host)).toBe(true);
  expect(refresh((await openPage(traces, "/traces?cursor=c", { items: [] })).host)).toBe(false);
});
