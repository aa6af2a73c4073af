import { expect, test } from "vitest";
import { startingId } from "./starting-id.server.ts";

test("it is a UUIDv7 of five seconds ago, older than every later notification", () => {
  const id = startingId(Date.UTC(2026, 10, 23, 12));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-0{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 23, 11, 59, 55));
  expect(id < startingId(Date.UTC(2026, 10, 23, 12, 0, 1))).toBe(true);
});
