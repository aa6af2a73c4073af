// @vitest-environment node
/** What the pages about billing runs ask. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { listRuns, readTask, startRun } from "./billing.server.ts";

test("runs are listed and started, and a task is read", async () => {
  const { session, asked } = asking();
  await listRuns(session, { limit: 5 });
  await startRun(session, "2026-11", true);
  await readTask(session, "t/1");
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/billing/runs?limit=5",
    "POST /api/billing/runs",
    "GET /api/tasks/t%2F1",
  ]);
  expect(asked[1]?.json).toEqual({ period: "2026-11", dry_run: true });
});
