import { expect, test } from "vitest";
import { KINDS, textOf } from "./kinds.ts";

test("each kind has texts of its own", () => {
  expect(new Set(KINDS.map((kind) => textOf(kind).name)).size).toBe(KINDS.length);
  expect(textOf("invoice")).toMatchObject({ name: "Invoices", hint: expect.stringContaining("invoice") });
});

test.each([
  ["weekly_report", "Weekly report"],
  ["example", "Example"],
  ["export-ready", "Export ready"],
  ["constructor", "Constructor"],
])("an unknown kind is called by its own name: %s", (kind, name) => {
  expect(textOf(kind)).toEqual({ name, hint: "", expect: expect.any(String) });
});
