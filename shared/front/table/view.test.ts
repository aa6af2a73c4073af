// @vitest-environment node
/** What stands in the address of a list, and long texts in short. */
import { expect, test } from "vitest";
import { formatAgo, formatMomentInFull } from "../format/format.ts";
import { redirected } from "../tests/asking.ts";
import { chipsIn, valuesIn } from "./filters.ts";
import { listed, tidy } from "./list.server.ts";
import { middleOut, shortId } from "./shorten.ts";
import { densityIn, here, sortingOf, withParams } from "./view.ts";

const params = (query: string) => new URLSearchParams(query);

test("another order or filter starts at the first page, and keeps the rest", () => {
  const at = params("role=admin&sort=name&cursor=c&show=u1&done=saved");
  expect(withParams(at, { sort: "-name" })).toBe("?role=admin&sort=-name");
  expect(withParams(at, { role: null })).toBe("?sort=name");
  expect(withParams(at, { role: "" })).toBe("?sort=name");
  expect(here(at, { show: null })).toBe("?role=admin&sort=name&cursor=c&done=saved");
});

test.each([
  ["name", "-created_at", undefined, "name"],
  ["name", "name", "ascending", "-name"],
  ["name", "-name", "descending", "name"],
])("the header of %s in a list by %s", (key, sort, now, next) => expect(sortingOf(key, sort)).toEqual({ now, next }));

test("rows are compact when the address says so", () => {
  expect([densityIn(params("density=compact")), densityIn(params("density=x"))]).toEqual(["compact", "comfortable"]);
});

const FILTERS = [
  { name: "q", label: "Search" },
  { name: "role", label: "Role", options: [{ value: "admin", label: "Admin" }] },
];

test("each filter that is on is a chip in words; an unknown value shows as it is, a blank one not at all", () => {
  expect(chipsIn(FILTERS, params("role=admin&q=+ada+"))).toEqual([
    { name: "q", label: "Search", value: "ada" },
    { name: "role", label: "Role", value: "Admin" },
  ]);
  expect(chipsIn(FILTERS, params("role=<script>&q=+"))).toEqual([{ name: "role", label: "Role", value: "<script>" }]);
  expect(valuesIn(["q", "role"], params("q=+&role=+admin"))).toEqual({ role: "admin" });
});

test("blank fields of a form leave the address", async () => {
  const sent = async (query: string) => tidy(new URL(`http://x/users${query}`));
  expect(await redirected(sent("?q=&role=admin&plan=+"))).toBe("/users?role=admin");
  expect(await redirected(sent("?role=admin"))).toBeNull();
});

test("a list that is away or refused is a part of its page; what is not there is the error page", async () => {
  const { ProblemError } = await import("../api/problem.ts");
  const answer = (status: number) => Promise.reject(new ProblemError({ type: "urn:x", title: "No", status }));
  expect(await listed(Promise.resolve(1))).toEqual({ ok: true, data: 1 });
  for (const status of [422, 503]) expect(await listed(answer(status))).toMatchObject({ ok: false });
  await expect(listed(answer(403))).rejects.toMatchObject({ init: { status: 403 } });
});

test.each([
  ["short", 10, "short"],
  ["0123456789", 5, "01…89"],
  ["👩‍🚀 astronaut", 5, /^.+…ut$/u],
  ["abc", 1, "…"],
])("%s in %i letters", (text, most, shown) => {
  if (typeof shown === "string") expect(middleOut(text, most)).toBe(shown);
  else expect(middleOut(text, most)).toMatch(shown);
});

test("an id keeps what tells it from others", () => {
  expect(shortId("01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f")).toBe("01998a6c…4d5f");
  expect(shortId("request-1")).toBe("request-1");
});

const NOW = Date.parse("2026-11-30T12:00:00Z");
const ENGLISH = { locale: "en", timeZone: "America/New_York" };

test.each([
  ["2026-11-30T11:59:40Z", "now"],
  ["2026-11-30T11:55:00Z", "5 minutes ago"],
  ["2026-11-30T09:00:00Z", "3 hours ago"],
  ["2026-11-29T11:00:00Z", "yesterday"],
  ["2026-12-02T12:00:00Z", "in 2 days"],
  ["2026-09-01T01:00:00Z", "Aug 31, 2026"],
])("%s is %s", (at, shown) => expect(formatAgo(at, NOW, ENGLISH)).toBe(shown));

test("the exact moment names its zone", () => {
  expect(formatMomentInFull("2026-11-30T11:55:00Z", ENGLISH)).toBe("Monday, November 30, 2026 at 6:55:00 AM EST");
  expect(formatAgo("2026-11-30T11:55:00Z", NOW, { locale: "de", timeZone: "UTC" })).toBe("vor 5 Minuten");
});
