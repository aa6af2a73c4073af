import { expect, test } from "vitest";
import { filtersFor, searchIn } from "./filter.ts";

const search = (query: string) => searchIn(new URLSearchParams(query));

test("what is blank is no filter", () => {
  expect(search("action=+&actor=")).toEqual({ cursor: null });
  expect(search("subject=x&cursor=c")).toEqual({ subject: "x", cursor: "c" });
});

test("days become moments, and the last day is included", () => {
  const { from, to } = search("from=2026-11-01&to=2026-11-30");
  expect([from, to]).toEqual(["2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"]);
});

test("what is no day goes as it is, for back-api to refuse", () => {
  expect(search("from=2026-13-45&to=soon")).toMatchObject({ from: "2026-13-45", to: "soon" });
});

test("an action is compared in lower case", () =>
  expect(search("action=User.Registered").action).toBe("user.registered"));

test("somebody whose address is known is named by it", () => {
  const actor = filtersFor({ "1": "ann@example.com" }).find(({ name }) => name === "actor");
  expect([actor?.say?.("1"), actor?.say?.("2")]).toEqual(["ann@example.com", "2"]);
});
