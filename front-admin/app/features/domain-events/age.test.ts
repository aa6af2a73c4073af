import { expect, test } from "vitest";
import { formatAge, isLong } from "./age.ts";

test("an age has the unit that fits", () => {
  expect([0.4, 99, 150, 10_000, 400_000].map(formatAge)).toEqual(["0 s", "99 s", "3 min", "3 h", "5 d"]);
  expect(formatAge(null)).toBe("–");
});

test("waiting is long after half a minute", () => {
  expect([null, 0, 30, 31].map(isLong)).toEqual([false, false, false, true]);
});
