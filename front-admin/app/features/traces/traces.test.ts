// @vitest-environment node
/** What the pages about traces ask. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { searchIn } from "./list.ts";
import { listTraces, readTrace } from "./traces.server.ts";

test("traces are listed by what went wrong or took long, and read by their id", async () => {
  const { session, asked } = asking();
  await listTraces(session, { ...searchIn(new URLSearchParams("failed=true&slower_than_ms=500&name=+")), limit: 5 });
  await listTraces(session, { ...searchIn(new URLSearchParams("noise=true&cursor=c")), limit: 5 });
  await readTrace(session, "c/1");
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/traces?noise=false&failed=true&slower_than_ms=500&limit=5",
    "GET /api/traces?noise=true&cursor=c&limit=5",
    "GET /api/traces/c%2F1",
  ]);
});
