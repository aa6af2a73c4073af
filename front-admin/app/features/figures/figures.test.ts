// @vitest-environment node
/** What the overview asks, what it makes of figures, and which of them call for attention. */
import type { Figures, ServiceState } from "@dashboard/front/api/types.ts";
import { asking } from "@dashboard/front/tests/asking.ts";
import { expect, test } from "vitest";
import { attentions } from "./attention.server.ts";
import { listServices, readFigures } from "./figures.server.ts";
import { periodOf } from "./periods.ts";
import { conditionsOf, countsOf, requestsByService, revenueOf } from "./points.ts";

const CALM = { backlog: { outbox: 3, oldest_seconds: 2, dead_letters: 0 }, missing: [], failed_runs: [] };
const figures = (changes: object = {}) => ({ ...CALM, ...changes }) as unknown as Figures;
const service = (name: string, condition: string) => ({ name, condition, does: "work", kind: "back", calls: [] }) as ServiceState; // biome-ignore format: one service
const all = () => true;
const none = () => false;
const REQUESTS = { requests: 200, failed: 0, p95_ms: 1, hours: [], routes: [] };

test("figures are asked for with their period, and the services", async () => {
  const { session, asked } = asking();
  await readFigures(session, "7d");
  await listServices(session);
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/figures?period=7d", "GET /api/figures/services"]);
});

test.each([
  ["period=90d", "90d"],
  ["period=7d", "7d"],
  ["period=8d", "30d"],
  ["period=%3Cscript%3E", "30d"],
  ["", "30d"],
])("the address ?%s asks for %s", (search, period) => expect(periodOf(new URLSearchParams(search))).toBe(period));

test("while all is well nothing calls for attention, nor what cannot be had", () => {
  expect(attentions(figures({ requests: REQUESTS, slow_routes: [] }), [service("back-api", "up")], all)).toEqual([]);
  expect(attentions(null, null, all)).toEqual([]);
  expect(attentions(figures(), [service("jaeger", "unknown")], all)).toEqual([]);
});

test.each([
  [{ backlog: { dead_letters: 1 } }, "1 event could not be handled.", "/events?kind=dead"],
  [{ backlog: { unsent: 1_200 } }, "1,200 events could not be published.", "/events?kind=unsent"],
  [{ backlog: { waiting: 2 } }, "2 events wait for a service that is down.", "/events?kind=waiting"],
  [{ backlog: { oldest_seconds: 300 } }, "Events have waited 5 min to be published.", undefined],
  [{ failed_runs: [{ period: "2026-11", error: "No prices." }] }, "The billing run of November 2026 failed: No prices.", "/billing"],
  [{ failed_runs: [{ period: "2026-11" }] }, "The billing run of November 2026 failed.", "/billing"],
  [{ requests: { ...REQUESTS, failed: 2 } }, "2 of 200 traced requests failed in the last 24 hours.", "/traces?failed=true"],
  [{ slow_routes: [{ name: "GET /app", service: "front-public", p95_ms: 900 }] }, "GET /app in front-public is slow: 5 % of its requests took longer than 900 ms.", "/traces?slower=500"],
])("%j calls for attention, with a link for those who may follow it", (changes, text, to) => {
  expect(attentions(figures(changes), [], all)).toMatchObject([to ? { text, link: { to } } : { text }]);
  expect(attentions(figures(changes), [], none)[0]?.link).toBeUndefined();
}); // biome-ignore format: a case a line

test("one failed request of two hundred is none to worry about; a service that is down comes first", () => {
  expect(attentions(figures({ requests: { ...REQUESTS, failed: 1 } }), [], all)).toEqual([]);
  const found = attentions(figures({ backlog: { waiting: 2 } }), [service("back-auth", "down")], all);
  expect(found.map(({ text }) => text)[0]).toBe("back-auth isn’t responding (work).");
  expect(attentions(figures({ backlog: { waiting: 1, dead_letters: 1 } }), [], all).map(({ tone }) => tone)).toEqual([
    "bad",
    "warn",
  ]);
});

test("amounts become a chart for each currency over the same months", () => {
  const sold = { invoices: 1, amount_minor: 5 };
  const months = [
    { ...sold, month: "2026-10", currency: "USD" },
    { ...sold, month: "2026-09", currency: "EUR" },
  ];
  expect(revenueOf(months)).toEqual([
    {
      currency: "EUR",
      points: [
        { name: "Sep 2026", value: 5 },
        { name: "Oct 2026", value: 0 },
      ],
    },
    {
      currency: "USD",
      points: [
        { name: "Sep 2026", value: 0 },
        { name: "Oct 2026", value: 5 },
      ],
    },
  ]);
  expect(revenueOf([])).toEqual([]);
});

test("days and hours are named, and an hour is as good as its requests", () => {
  expect(countsOf([{ day: "2026-03-01", count: 2 }])).toEqual([{ name: "Mar 1", value: 2 }]);
  const hour = (requests: number, failed: number) => ({
    at: "2026-03-01T08:00:00Z",
    p95_ms: 1,
    capped: false,
    requests,
    failed,
  });
  const cells = conditionsOf([hour(0, 0), hour(20, 0), hour(20, 1), hour(20, 2)]);
  expect(cells.map(({ condition }) => condition)).toEqual(["none", "good", "warn", "bad"]);
  expect(cells[0]?.name).toBe("08:00");
});

test("requests are counted by the service in which they began", () => {
  const route = { name: "GET /", service: "front-public", requests: 2, failed: 0, p95_ms: 1 };
  const counted = requestsByService(
    figures({ requests: { ...REQUESTS, routes: [route, { ...route, name: "GET /app" }] } }),
  );
  expect([...counted]).toEqual([["front-public", 4]]);
  expect(requestsByService(null).size).toBe(0);
});
