import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withRetry } from "./retry-fetch.ts";
import { tryAgain, useWaitingRequests } from "./waiting-requests.ts";

const answer = { status: 200 } as Response;
const failure = new TypeError("Failed to fetch");
const network = vi.fn<typeof fetch>();
const send = withRetry(network);
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  network.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  expect(useWaitingRequests.getState()).toMatchObject({ waiting: 0, unsent: 0 });
});

test("a read waits for the network and repeats itself", async () => {
  network.mockRejectedValueOnce(failure).mockResolvedValueOnce(answer);
  const reading = send("/app.data");
  await settled();
  expect(useWaitingRequests.getState()).toMatchObject({ waiting: 1, unsent: 0 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await reading).toBe(answer);
});

test("a change is only sent again when its user says so", async () => {
  network.mockRejectedValueOnce(failure).mockResolvedValueOnce(answer);
  const saving = send("/app/profile.data", { method: "POST", body: "name=typed" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(network).toHaveBeenCalledTimes(1);
  expect(useWaitingRequests.getState().unsent).toBe(1);
  tryAgain();
  expect(await saving).toBe(answer);
  expect(network.mock.calls[1]?.[1]?.body).toBe("name=typed");
});

test("whoever goes elsewhere meanwhile ends the waiting", async () => {
  network.mockRejectedValueOnce(failure);
  const controller = new AbortController();
  const reading = send("/app.data", { signal: controller.signal });
  reading.catch(() => {});
  await settled();
  controller.abort();
  await expect(reading).rejects.toThrow("abort");
});

test("what is no failure of the network, or not ours, fails at once", async () => {
  network.mockRejectedValueOnce(new TypeError("x is not a function")).mockRejectedValueOnce(failure);
  await expect(send("/app.data")).rejects.toThrow("not a function");
  await expect(send("https://elsewhere.example/")).rejects.toThrow("fetch");
});
