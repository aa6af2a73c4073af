import type { TraceSpan } from "@dashboard/front/api/types.ts";
import { expect, test } from "vitest";
import { micros, waterfall } from "./waterfall.ts";

const span = (id: string, parent_id: string, start: number, duration_ms: number, changes: Partial<TraceSpan> = {}) => ({
  id,
  parent_id,
  service: "back-api",
  name: id,
  kind: "server",
  started_at: `2026-11-23T08:00:00.${String(start * 1_000).padStart(6, "0")}Z`,
  duration_ms,
  failed: false,
  attributes: {},
  ...changes,
});

test("children stand below their parent, by time", () => {
  const spans = [
    span("late", "root", 6, 1),
    span("row", "early", 3, 1),
    span("root", "", 0, 10),
    span("early", "root", 2, 3),
  ];
  const { rows } = waterfall(spans);
  expect(rows.map((row) => [row.span.id, row.depth])).toEqual([
    ["root", 0],
    ["early", 1],
    ["row", 2],
    ["late", 1],
  ]);
});

test("bars stand where the time says, and stay visible and inside", () => {
  const { rows, total } = waterfall([
    span("root", "", 0, 100),
    span("half", "root", 50, 25),
    span("end", "root", 100, 0),
  ]);
  expect(total).toBe(100);
  expect(rows[1]).toMatchObject({ offset: 50, left: 50, width: 25 });
  const end = rows[2];
  expect(end?.width).toBeGreaterThan(0);
  expect((end?.left ?? 0) + (end?.width ?? 0)).toBeLessThanOrEqual(100);
});

test("a span whose parent is missing is shown, and microseconds count", () => {
  const { rows, services, failed } = waterfall([
    span("orphan", "gone", 5, 1, { service: "back-workers", failed: true }),
    span("root", "", 0, 1),
  ]);
  expect(rows.map((row) => row.span.id)).toEqual(["root", "orphan"]);
  expect([services, failed]).toEqual([["back-api", "back-workers"], 1]);
  expect(micros({ started_at: "1970-01-01T00:00:01.000007Z" })).toBe(1_000_007);
  expect(micros({ started_at: "1970-01-01T00:00:01Z" })).toBe(1_000_000);
});
