// @vitest-environment node
/** What people find beside pages and actions. */
import { asking } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { palette as invoices } from "../features/billing/palette.server.ts";
import { providers } from "./providers.server.ts";

afterEach(() => vi.unstubAllGlobals());

test("a provider is found by the name of its file", () => {
  expect(Object.values(providers)).toContain(invoices);
});

test.each([
  ["n-1", ["N-1"]],
  ["november", ["N-2"]],
  ["PRO", ["N-1", "N-2"]],
  ["9.80", ["N-2"]],
  ["team", []],
])("“%s” finds the invoices %j", async (q, numbers) => {
  const invoice = (number: string, period: string, amount_minor: number) => ({
    id: `id-${number}`,
    number,
    period,
    plan: "pro",
    amount_minor,
    currency: "EUR",
  });
  const { session, asked } = asking({ items: [invoice("N-1", "2026-10", 100), invoice("N-2", "2026-11", 980)] });
  const found = await invoices.find(session, q);
  expect(found.map(({ label, to }) => [label, to])).toEqual(numbers.map((n) => [n, `/app/billing/invoices/id-${n}`]));
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/invoices?limit=100"]);
});
