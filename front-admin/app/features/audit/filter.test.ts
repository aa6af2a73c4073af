import { expect, test } from "vitest";
import { filterIn, isNarrowed, moreOf, questionOf, searchWith } from "./filter.ts";

const filter = (query: string) => filterIn(new URLSearchParams(query));

test("what is blank is no filter", () => {
  expect(isNarrowed(filter("action=+&actor=&cursor=x"))).toBe(false);
  expect(questionOf(filter("action=+"))).toEqual({ action: null, actor: null, subject: null, from: null, to: null });
  expect(isNarrowed(filter("subject=x"))).toBe(true);
});

test("days become moments, and the last day is included", () => {
  const { from, to } = questionOf(filter("from=2026-11-01&to=2026-11-30"));
  expect([from, to]).toEqual(["2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"]);
});

test("what is no day goes as it is, for back-api to refuse", () => {
  expect(questionOf(filter("from=2026-13-45&to=soon"))).toMatchObject({ from: "2026-13-45", to: "soon" });
});

test("an action is compared in lower case", () => {
  expect(questionOf(filter("action=User.Registered")).action).toBe("user.registered");
});

test("another filter starts at the beginning, and more keeps the filter", () => {
  const params = new URLSearchParams("action=user&cursor=c");
  expect(searchWith(params, { actor: "a b" })).toBe("?action=user&actor=a+b");
  expect(moreOf(params, "d")).toBe("?action=user&cursor=d");
});
