import type { AuditEntry } from "@dashboard/front/api/types.ts";
import { expect, test } from "vitest";
import { first, grown, words } from "./entries.ts";

const entries = (...ids: string[]) => ids.map((id) => ({ id })) as AuditEntry[];

test("more entries come behind those that are there", () => {
  const shown = grown(first("a", { items: entries("3", "2"), next_cursor: "2" }), { items: entries("1") });
  expect(shown.items.map(({ id }) => id)).toEqual(["3", "2", "1"]);
  expect(shown.next).toBeNull();
});

test("a page that was asked for twice is there once", () => {
  const page = { items: entries("2", "1"), next_cursor: "1" };
  const shown = grown(first("a", { items: entries("3", "2"), next_cursor: "2" }), page);
  expect(shown.items.map(({ id }) => id)).toEqual(["3", "2", "1"]);
  expect(grown(shown, page).items).toHaveLength(3);
});

test("a page without entries may still have more behind it", () => {
  expect(grown(first("a", { items: [], next_cursor: "9" }), { items: [], next_cursor: "5" }).next).toBe("5");
});

test("names are told as words", () => {
  expect(words("user_agent")).toBe("user agent");
});
