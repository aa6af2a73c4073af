import type { AuditEntry } from "@dashboard/front/api/types.ts";
import { expect, test } from "vitest";
import { detailsOf, rowsOf, words } from "./entries.ts";

test("names are shown as words", () => {
  expect(words("user_agent")).toBe("user agent");
});

test("a detail that is somebody's id shows the address, or the id where there is none", () => {
  const items = [{ id: "e", details: { user_id: "1", by_id: "2" } }] as unknown as AuditEntry[];
  const [row] = rowsOf({ items, people: { "1": "ann@example.com" } });
  expect(row && detailsOf(row)).toEqual([
    { name: "user_id", value: "1", term: "user", text: "ann@example.com" },
    { name: "by_id", value: "2", term: "by id", text: "2" },
  ]);
});
