import { expect, test } from "vitest";
import { formatDate, formatMoment, formatMoney, formatPeriod } from "./format.ts";

test("money is written with the currency's own number of digits", () => {
  expect(formatMoney(1200, "EUR", "en")).toBe("€12.00");
  expect(formatMoney(1200, "JPY", "en")).toBe("¥1,200");
  expect(formatMoney(123_456, "EUR", "de")).toMatch(/^1\.234,56\s€$/);
});

test("a moment is told in the reader's zone, a day stays that day", () => {
  const zagreb = { locale: "en", timeZone: "Europe/Zagreb" };
  expect(formatMoment("2026-11-23T23:30:00Z", zagreb)).toContain("Nov 24");
  expect(formatDate("2026-11-23", { locale: "en", timeZone: "America/Los_Angeles" })).toBe("November 23, 2026");
});

test("an unknown locale or zone never breaks a page", () => {
  expect(formatMoment("2026-11-23T12:00:00Z", { locale: "??", timeZone: "Mars/Base" })).toContain("2026");
});

test("a period is a month", () => expect(formatPeriod("2026-11", "en")).toBe("November 2026"));
