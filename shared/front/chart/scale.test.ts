import { expect, test } from "vitest";
import { heightOf, middleOf, short, ticksOf } from "./scale.ts";

test.each([
  [[], [0, 1]],
  [
    [0, 0],
    [0, 1],
  ],
  [
    [3, 7],
    [0, 2, 4, 6, 8],
  ],
  [[1], [0, 1]],
  [[100], [0, 25, 50, 75, 100]],
  [
    [-3, 5],
    [-4, -2, 0, 2, 4, 6],
  ],
  [[-8], [-8, -6, -4, -2, 0]],
  [[1e15], [0, 2.5e14, 5e14, 7.5e14, 1e15]],
  [
    [Number.NaN, Number.POSITIVE_INFINITY, 2],
    [0, 1, 2],
  ],
])("around %j stand %j", (values, ticks) => {
  expect(ticksOf(values, { whole: true })).toEqual(ticks);
});

test("fractions have no noise", () => {
  expect(ticksOf([0.3])).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticksOf([0.07])).toEqual([0, 0.02, 0.04, 0.06, 0.08]);
});

test("the highest tick is at the top, and the middle of a slot between its ends", () => {
  expect([0, 4, 8].map((value) => heightOf(value, [0, 4, 8]))).toEqual([100, 50, 0]);
  expect(heightOf(-4, [-4, 0, 4])).toBe(100);
  expect([0, 1, 2].map((at) => middleOf(at, 3))).toEqual([16.67, 50, 83.33]);
  expect(middleOf(0, 1)).toBe(50);
});

test.each([
  [1_200, "1,200"],
  [99_999, "99,999"],
  [1_234_567, "1.23M"],
  [-250_000, "-250K"],
  [0.25, "0.25"],
])("%f is written %s", (value, text) => expect(short(value)).toBe(text));
