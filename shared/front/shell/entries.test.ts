/** Where entries lead, which of them is marked, and which are found. */
import { expect, test } from "vitest";
import { entryOf, mayOpen, wayTo } from "./entries.ts";
import { keysOf } from "./keys.ts";
import { matching } from "./known.ts";

const entry = (to: string, label: string, permissions: string[] = []) => ({ to, label, permissions });
const PUBLIC = [entry("/app", "Dashboard"), entry("/app/billing", "Billing"), entry("/app/bill", "Bill")];
const ADMIN = [entry("/", "Overview"), entry("/traces", "Traces"), entry("/audit", "Audit log")];

test.each([
  [PUBLIC, "/app/billing/invoices/1", ["/app", "/app/billing"]],
  [PUBLIC, "/app", ["/app"]],
  [ADMIN, "/traces/abc", ["/", "/traces"]],
  [ADMIN, "/tracesque", ["/"]],
])("of %j the way to %s leads over %j", (entries, path, way) => {
  expect(wayTo(path, entries).map(({ to }) => to)).toEqual(way);
});

test.each([
  ["/app", "/app"],
  ["/app/billing", "/app/billing"],
  ["/app/billing/invoices/1", "/app/billing"],
  ["/app/search", undefined],
  ["/logout", undefined],
])("at %s the entry %s is marked", (path, to) => expect(entryOf(path, PUBLIC, "/app")?.to).toBe(to));

test("a key is the first letter of a name that is free", () => {
  const keys = [...keysOf([...ADMIN, entry("/a", "Announcements"), entry("/b", "2 Tables")])];
  expect(keys.map(([key, { label }]) => `${key} ${label}`)).toEqual([
    "o Overview",
    "t Traces",
    "a Audit log",
    "n Announcements",
    "b 2 Tables",
  ]);
});

test("an entry that needs permissions is open to who holds one of them", () => {
  expect(mayOpen(entry("/x", "X"), [])).toBe(true);
  expect(mayOpen(entry("/x", "X", ["a:read", "a:write"]), ["a:write"])).toBe(true);
  expect(mayOpen(entry("/x", "X", ["a:read"]), ["b:read"])).toBe(false);
});

test.each([
  ["", ["Zürich", "Dry run", "A run"]],
  ["run", ["A run", "Dry run"].reverse()],
  ["zuri", ["Zürich"]],
  ["run a", ["A run"]],
  ["RUN dry", ["Dry run"]],
  ["none", []],
])("“%s” finds %j", (words, found) => {
  const entries = ["Zürich", "Dry run", "A run"].map((label) => ({ label }));
  expect(matching(entries, words).map(({ label }) => label)).toEqual(found);
});

test("what a word begins is found first", () => {
  const entries = ["Feature flags", "Flags"].map((label) => ({ label }));
  expect(matching(entries, "fl").map(({ label }) => label)).toEqual(["Flags", "Feature flags"]);
});
