import type { AuditEntry } from "@dashboard/front/api/types.ts";
import { expect, test } from "vitest";
import { detail, firstPage, withPage, words } from "./entries.ts";

const page = (items: AuditEntry[], next_cursor?: string) => ({ items, people: {}, next_cursor });
const entries = (...ids: string[]) => ids.map((id) => ({ id })) as AuditEntry[];

test("more entries come behind those that are there", () => {
  const shown = withPage(firstPage("a", page(entries("3", "2"), "2")), page(entries("1")));
  expect(shown.items.map(({ id }) => id)).toEqual(["3", "2", "1"]);
  expect(shown.next).toBeNull();
});

test("a page that was asked for twice is there once", () => {
  const twice = page(entries("2", "1"), "1");
  const shown = withPage(firstPage("a", page(entries("3", "2"), "2")), twice);
  expect(shown.items.map(({ id }) => id)).toEqual(["3", "2", "1"]);
  expect(withPage(shown, twice).items).toHaveLength(3);
});

test("a page without entries may still have more behind it", () => {
  expect(withPage(firstPage("a", page([], "9")), page([], "5")).next).toBe("5");
});

test("names are shown as words", () => {
  expect(words("user_agent")).toBe("user agent");
});

test("people of later pages come to those that are known; a page that names nobody takes none away", () => {
  const shown = firstPage("a", { items: entries("3"), people: { a: "ann@example.com" }, next_cursor: "3" });
  const both = withPage(shown, { items: entries("2"), people: { b: "bob@example.com" }, next_cursor: "2" });
  expect(withPage(both, page(entries("1"))).people).toEqual({ a: "ann@example.com", b: "bob@example.com" });
});

test("a detail that is somebody's id shows the address, or the id where there is none", () => {
  const people = { "1": "ann@example.com" };
  expect(detail("user_id", "1", people)).toEqual({ term: "user", text: "ann@example.com" });
  expect(detail("user_id", "2", people)).toEqual({ term: "user id", text: "2" });
});
