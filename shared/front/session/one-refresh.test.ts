// @vitest-environment node
/** Requests with the same refresh token at about the same time ask once. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TokenPair } from "../api/types.ts";
import { refreshOnce } from "./refresh.server.ts";

const PAIR: TokenPair = { access_token: "a", refresh_token: "r", token_type: "Bearer", expires_in: 900 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("one request asks for all, for ten seconds", async () => {
  const ask = vi.fn(async () => PAIR);
  const [one, other] = await Promise.all([refreshOnce("t", ask), refreshOnce("t", ask)]);
  expect(one).toBe(other);
  await vi.advanceTimersByTimeAsync(9_999);
  await refreshOnce("t", ask);
  expect(ask).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  await refreshOnce("t", ask);
  expect(ask).toHaveBeenCalledTimes(2);
});

test("another token is asked for by itself", async () => {
  const ask = vi.fn(async () => PAIR);
  await Promise.all([refreshOnce("one", ask), refreshOnce("other", ask)]);
  expect(ask.mock.calls).toEqual([["one"], ["other"]]);
});

test("a failure is forgotten at once", async () => {
  const ask = vi.fn<(token: string) => Promise<TokenPair>>();
  ask.mockRejectedValueOnce(new Error("away")).mockResolvedValueOnce(PAIR);
  await expect(refreshOnce("fails", ask)).rejects.toThrow("away");
  await vi.advanceTimersByTimeAsync(0);
  expect(await refreshOnce("fails", ask)).toBe(PAIR);
});
