import type { ServiceState } from "@dashboard/front/api/types.ts";
import { expect, test } from "vitest";
import { BOX, mapOf } from "./service-map.server.ts";

const service = (name: string, calls: string[], condition = "up") => ({ name, calls, condition, kind: "back", does: "" }) as ServiceState; // biome-ignore format: one service
const columns = (services: ServiceState[]) => mapOf(services).boxes.map(({ service, x }) => [service.name, x]);

test("whoever calls stands to the left of whom they call, by the longest way", () => {
  const services = [service("store", []), service("door", ["api", "store"]), service("api", ["store"])];
  const found = columns(services);
  expect(found.map(([name]) => name)).toEqual(["door", "api", "store"]);
  expect(new Set(found.map(([, x]) => x)).size).toBe(3);
});

test("calls to what is not there are not drawn, and those to what is down are broken", () => {
  const { calls } = mapOf([service("api", ["store", "nobody"]), service("store", [], "down")]);
  expect(calls.map(({ from, to, broken }) => [from, to, broken])).toEqual([["api", "store", true]]);
  expect(calls[0]?.path.startsWith(`M${BOX.width} `)).toBe(true);
});

test("a circle of calls and no services at all are drawn as well", () => {
  expect(columns([service("one", ["other"]), service("other", ["one"])])).toHaveLength(2);
  expect(mapOf([])).toEqual({ width: 0, height: 0, boxes: [], calls: [] });
});

test("boxes of a column do not overlap", () => {
  const { boxes, height } = mapOf([service("a", []), service("b", []), service("c", [])]);
  const tops = boxes.map(({ y }) => y);
  expect(tops.every((top, at) => at === 0 || top - (tops[at - 1] ?? 0) >= BOX.height)).toBe(true);
  expect(Math.max(...tops) + BOX.height).toBeLessThanOrEqual(height);
});
