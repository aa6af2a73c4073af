/** The overview with its loader: what stands first, and what stays while a part is away. */
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { afterEach, expect, test, vi } from "vitest";
import * as overview from "../../frame/routes/overview.tsx";

const AWAY = { problem: 503 };
const DAILY = {
  total: 14,
  before: 7,
  days: [
    { day: "2026-11-29", count: 6 },
    { day: "2026-11-30", count: 8 },
  ],
};
const HOUR = { at: "2026-11-30T08:00:00Z", requests: 10, failed: 0, p95_ms: 20, capped: false };
const REQUESTS = { requests: 1_234, failed: 0, p95_ms: 42, hours: [HOUR], routes: [] };
const MONTH = { month: "2026-11", currency: "EUR", amount_minor: 98_000, invoices: 2 };
const REVENUE = { totals: [{ currency: "EUR", amount_minor: 98_000, before_minor: 49_000 }], months: [MONTH] };
const FIGURES = { period: "7d", sign_ups: DAILY, active_people: DAILY, revenue: REVENUE, failed_runs: [], requests: REQUESTS, slow_routes: [], backlog: { outbox: 1, streams: 2, dead_letters: 0 }, missing: [] }; // biome-ignore format: one answer
const SERVICES = { items: [{ name: "back-api", kind: "back", does: "rules", calls: [], condition: "up" }] };

afterEach(() => vi.unstubAllGlobals());

const figure = (host: HTMLElement, at: number) => host.querySelectorAll(".figure")[at]?.textContent;

test("a calm sentence stands above six figures, charts and the map", async () => {
  const { host, asked } = await openPage(overview, "/?period=7d", FIGURES, SERVICES);
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/figures?period=7d", "GET /api/figures/services"]);
  expect(host.textContent).toContain("All is well.");
  expect(host.querySelectorAll(".figure")).toHaveLength(6);
  expect(figure(host, 0)).toBe("Sign-ups14+100 % compared with the 7 days before");
  expect(figure(host, 1)).toContain("Active people a day2");
  expect(figure(host, 2)).toContain("€980.00+100 %");
  expect(figure(host, 3)).toContain("1,234");
  expect(figure(host, 4)).toContain("42.0 ms");
  expect(figure(host, 5)).toContain("3");
  expect(host.querySelectorAll("figure.chart")).toHaveLength(6);
  expect(host.querySelector(".service-map")?.textContent).toContain("back-api");
  expect(host.querySelector("[aria-current=true]")?.textContent).toBe("7 days");
});

test("what needs attention stands first", async () => {
  const { host } = await openPage(overview, "/", { ...FIGURES, backlog: { dead_letters: 2 } }, SERVICES);
  expect(host.querySelector("section h2")?.textContent).toBe("Needs attention");
  expect(host.querySelector("section li")?.textContent).toBe("2 events could not be handled.");
  expect(host.textContent).not.toContain("All is well");
});

test("a store that is away takes its figures, and the page says which", async () => {
  const lost = { ...FIGURES, active_people: null, requests: null, slow_routes: null, missing: ["back-cassandra"] };
  const { host } = await openPage(overview, "/", lost, SERVICES);
  expect(host.textContent).toContain("back-cassandra isn’t responding, so some figures are missing.");
  expect(host.textContent).not.toContain("All is well");
  expect(figure(host, 1)).toContain("Not available right now.");
  expect(host.querySelectorAll("figure.chart")).toHaveLength(2);
});

test("without figures the map stays, and without the map the figures", async () => {
  const withMap = await openPage(overview, "/", AWAY, SERVICES);
  expect(withMap.host.querySelector(".unavailable")?.textContent).toContain("The figures");
  expect(withMap.host.querySelector(".service-map")).not.toBeNull();
  const withFigures = await openPage(overview, "/", FIGURES, AWAY);
  expect(withFigures.host.querySelector(".unavailable")?.textContent).toContain("The map of services");
  expect(withFigures.host.textContent).not.toContain("All is well");
});

test("whoever may not read amounts sees none", async () => {
  const { host } = await openPage(overview, "/", { ...FIGURES, revenue: null, failed_runs: null }, SERVICES);
  expect(host.querySelectorAll(".figure")).toHaveLength(5);
  expect(host.textContent).not.toContain("Invoiced");
});
