import { expect, test } from "vitest";
import { fieldErrors, isUnavailable, ProblemError, tooLarge, unavailable } from "./problem.ts";

const errors = [
  { field: "name", message: "Please enter a name." },
  { field: "email", message: "Please enter an address." },
  { field: "name", message: "It is too short." },
];
const refused = { type: "urn:x", title: "Invalid", status: 422, errors };

test("a field gets all its own errors, and none of other fields", () => {
  expect(fieldErrors(refused, "name")).toEqual(["Please enter a name.", "It is too short."]);
  expect(fieldErrors(refused, "age")).toEqual([]);
});

test("without a problem, or without errors of fields, a field is fine", () => {
  expect(fieldErrors(undefined, "name")).toEqual([]);
  expect(fieldErrors({ ...refused, errors: undefined }, "name")).toEqual([]);
});

test.each([
  [499, false],
  [500, true],
  [503, true],
])("a %i means that a service is away: %s", (status, away) => {
  expect(isUnavailable({ ...refused, status })).toBe(away);
});

test("an error has its status and title as its message", () => {
  expect(new ProblemError(refused).message).toBe("422 Invalid");
});

test("a service that is away is a 503 which names it", () => {
  expect(unavailable("back-api", "Later.")).toEqual({
    type: "urn:tools-dashboard:problem:unavailable",
    title: "Unavailable",
    status: 503,
    detail: "Later.",
    dependency: "back-api",
  });
});

test.each([
  [65_536, "65 kB"],
  [999_999, "999 kB"],
  [1_000_000, "1 MB"],
  [2_100_000, "2.1 MB"],
])("of %i bytes at most, people read %s", (limit, shown) => {
  expect(tooLarge(limit)).toMatchObject({ status: 413, title: "Too large" });
  expect(tooLarge(limit).detail).toContain(`at most ${shown}. Go back`);
});
