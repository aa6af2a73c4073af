// @vitest-environment node
/** Which traces are kept, to the second and to the number. Time and chance are fakes. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Budget, Retention } from "./trace-retention.ts";

const POLICY = { sample: 0, perSecond: 0, slowMilliseconds: 500 };

/** How many of a thousand are taken at one moment. */
const taken = (take: () => boolean) => Array.from({ length: 1_000 }, take).filter(Boolean).length;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a budget gives half a minute's worth at once, and then its rate", () => {
  const budget = new Budget(2);
  expect(taken(() => budget.take())).toBe(60);
  vi.advanceTimersByTime(5_000);
  expect(taken(() => budget.take())).toBe(10);
});

test("a quiet hour saves no more than half a minute's worth", () => {
  const budget = new Budget(2);
  vi.advanceTimersByTime(3_600_000);
  expect(taken(() => budget.take())).toBe(60);
});

test("what is not a whole one yet is not given, and not lost", () => {
  const budget = new Budget(1);
  taken(() => budget.take());
  vi.advanceTimersByTime(600);
  expect(budget.take()).toBe(false);
  vi.advanceTimersByTime(400);
  expect(budget.take()).toBe(true);
});

test.each([
  [0.24, true],
  [0.25, false],
])("of a sample of a quarter, chance %d is kept: %s", (chance, kept) => {
  vi.spyOn(Math, "random").mockReturnValue(chance);
  expect(new Retention({ ...POLICY, sample: 0.25 }).isSampled(false)).toBe(kept);
});

test("who asks for a trace gets it, twenty a second", () => {
  const retention = new Retention(POLICY);
  expect(retention.isSampled(false)).toBe(false);
  expect(taken(() => retention.isSampled(true))).toBe(600);
});

test("of ordinary requests as many are kept as the policy says", () => {
  const retention = new Retention({ ...POLICY, perSecond: 3 });
  expect(taken(() => retention.isSampled(false))).toBe(90);
});

test("what was refused is kept two a second, what failed twenty, whatever its status", () => {
  const retention = new Retention(POLICY);
  expect(taken(() => retention.isWorth(400, false, 0))).toBe(60);
  expect(taken(() => retention.isWorth(200, true, 0))).toBe(600);
});

test("what is slow is kept from the policy's milliseconds on, twenty a second", () => {
  const retention = new Retention(POLICY);
  expect(retention.isWorth(399, false, 499)).toBe(false);
  expect(taken(() => retention.isWorth(399, false, 500))).toBe(600);
});
