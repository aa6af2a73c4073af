// @vitest-environment node
/** What the pages about traces ask. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { listTraces, readTrace } from "./traces.server.ts";

test("traces are listed by what went wrong or took long, and read by their id", async () => {
  const { session, asked } = asking();
  await listTraces(session, { failed: true, slowerThan: 500, limit: 5 });
  await listTraces(session, { failed: false, slowerThan: 0, limit: 5 });
  await readTrace(session, "c/1");
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/traces?limit=5&failed=true&slower_than_ms=500",
    "GET /api/traces?limit=5",
    "GET /api/traces/c%2F1",
  ]);
});
