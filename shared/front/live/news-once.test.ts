/** News are shown once, in one tab of a browser; the channel between tabs is a fake. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { claim, trackOtherTabs } from "./claim.ts";
import { useLive } from "./store.ts";
import { notifyTabs, subscribeToTabs } from "./tabs.ts";

vi.mock("./tabs.ts", () => ({ subscribeToTabs: vi.fn(), notifyTabs: vi.fn() }));

type Lock = (name: string, options: LockOptions, hold: (lock: object | null) => unknown) => Promise<void>;
const lock = vi.fn<Lock>();
let number = 0;
const news = () => `n-${++number}`;

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(notifyTabs).mockReset();
  lock.mockReset().mockImplementation(async (_name, _options, hold) => void hold({}));
  vi.stubGlobal("navigator", { locks: { request: lock } });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a tab shows each news once, and informs the other tabs", async () => {
  const id = news();
  expect(await claim(id)).toBe(true);
  expect(notifyTabs).toHaveBeenCalledWith({ type: "shown", id });
  expect(await claim(id)).toBe(false);
  expect(notifyTabs).toHaveBeenCalledTimes(1);
});

test("a hidden tab lets a visible one go first", async () => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  const claimed = vi.fn();
  claim(news()).then(claimed);
  await vi.advanceTimersByTimeAsync(399);
  expect(claimed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(claimed).toHaveBeenCalledWith(true);
});

test("a tab that another one forestalled stays silent", async () => {
  const id = news();
  lock.mockImplementation(async (_name, _options, hold) => void hold(null));
  expect(await claim(id)).toBe(false);
  expect(lock.mock.calls[0]?.slice(0, 2)).toEqual([`news:${id}`, { ifAvailable: true }]);
  expect(notifyTabs).not.toHaveBeenCalled();
});

test("the lock is held for half a minute, then given back", async () => {
  let held: Promise<unknown> | undefined;
  lock.mockImplementation(async (_name, _options, hold) => {
    held = Promise.resolve(hold({}));
  });
  await claim(news());
  const released = vi.fn();
  held?.then(released);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(released).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(released).toHaveBeenCalled();
});

test("a browser without locks shows it in each tab", async () => {
  vi.stubGlobal("navigator", {});
  expect(await claim(news())).toBe(true);
});

test("what another tab has shown is not shown here; other messages say nothing about it", async () => {
  trackOtherTabs();
  const hear = vi.mocked(subscribeToTabs).mock.calls.at(-1)?.[0];
  const id = news();
  hear?.({ type: "changed" });
  hear?.({ type: "shown", id });
  expect(await claim(id)).toBe(false);
  expect(await claim(news())).toBe(true);
});

test("two hundred news are remembered, the oldest is forgotten", async () => {
  const first = news();
  await claim(first);
  for (let others = 0; others < 199; others += 1) await claim(news());
  expect(await claim(first)).toBe(false);
  await claim(news());
  expect(await claim(first)).toBe(true);
});

test("a status counts from when it became what it is", () => {
  vi.setSystemTime(1_000);
  useLive.getState().setStatus("live");
  vi.setSystemTime(5_000);
  useLive.getState().setStatus("live");
  expect(useLive.getState()).toMatchObject({ status: "live", since: 1_000 });
  useLive.getState().setStatus("offline");
  expect(useLive.getState()).toMatchObject({ status: "offline", since: 5_000 });
});
