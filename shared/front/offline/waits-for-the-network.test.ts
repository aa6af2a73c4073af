/** How long a request waits before it is sent again, and when it is not. The network is a fake. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { retryRequests, withRetry } from "./retry-fetch.ts";
import { useWaitingRequests } from "./waiting-requests.ts";

const answer = { status: 200 } as Response;
const network = vi.fn<typeof fetch>();
const send = withRetry(network);

beforeEach(() => {
  vi.useFakeTimers();
  network.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(useWaitingRequests.getState()).toMatchObject({ waiting: 0, unsent: 0 });
});

test("a request that nobody wants any more is not sent again", async () => {
  const leaving = new AbortController();
  network.mockImplementation(async () => {
    leaving.abort(new Error("gone elsewhere"));
    throw new TypeError("Failed to fetch");
  });
  await expect(send("/app.data", { signal: leaving.signal })).rejects.toThrow("gone elsewhere");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(network).toHaveBeenCalledTimes(1);
});

test.each([
  ["another error", new Error("Failed to fetch")],
  ["a mistake of ours", new TypeError("undefined is not a function")],
])("%s is reported at once", async (_, error) => {
  network.mockRejectedValue(error);
  await expect(send("/app.data")).rejects.toBe(error);
  expect(network).toHaveBeenCalledTimes(1);
});

test("what another site does not answer is reported at once", async () => {
  network.mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(send("https://elsewhere.example/a")).rejects.toThrow("Failed to fetch");
  await expect(send(new Request("https://elsewhere.example/a"))).rejects.toThrow("Failed to fetch");
});

test("the pauses between reads double", async () => {
  network.mockRejectedValue(new TypeError("Load failed"));
  const leaving = new AbortController();
  const reading = send("/app.data", { signal: leaving.signal }).catch(() => answer);
  const times: number[] = [];
  network.mockImplementation(async () => {
    times.push(Date.now());
    throw new TypeError("Load failed");
  });
  await vi.advanceTimersByTimeAsync(60_000);
  leaving.abort();
  await reading;
  const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  expect(pauses[1]).toBe((pauses[0] ?? 0) * 2);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
});

test.each([
  ["a read", undefined, true, 2],
  ["a read", undefined, false, 2],
  ["a change that never left", "POST", false, 2],
  ["a change that may have arrived", "POST", true, 1],
])("when the network is back, %s (%s, online: %s) has been sent %i times", async (_, method, isOnline, times) => {
  vi.stubGlobal("fetch", network);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(isOnline);
  network.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValueOnce(answer);
  const leaving = new AbortController();
  const end = retryRequests();
  const sent = fetch("/app.data", { method, signal: leaving.signal }).catch(() => answer);
  await vi.advanceTimersByTimeAsync(0);
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(network).toHaveBeenCalledTimes(times);
  leaving.abort();
  await sent;
  end();
  expect(fetch).toBe(network);
  vi.unstubAllGlobals();
});

test("without a network a read waits for its return, however long that takes", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  network.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValueOnce(answer);
  const leaving = new AbortController();
  const reading = send("/app.data", { signal: leaving.signal }).catch(() => answer);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(network).toHaveBeenCalledTimes(1);
  leaving.abort();
  await reading;
});
