import { expect, test } from "vitest";
import {
  formatDate,
  formatDuration,
  formatInstant,
  formatMoment,
  formatMomentInFull,
  formatMoney,
  formatPeriod,
  formatSecond,
  withDays,
} from "./format.ts";

test("money is written with the currency's own number of digits", () => {
  expect(formatMoney(1200, "EUR", "en")).toBe("€12.00");
  expect(formatMoney(1200, "JPY", "en")).toBe("¥1,200");
  expect(formatMoney(123_456, "EUR", "de")).toMatch(/^1\.234,56\s€$/);
});

test("a moment is shown in the reader's zone, a day stays that day", () => {
  const zagreb = { locale: "en", timeZone: "Europe/Zagreb" };
  expect(formatMoment("2026-11-23T23:30:00Z", zagreb)).toContain("Nov 24");
  expect(formatDate("2026-11-23", { locale: "en", timeZone: "America/Los_Angeles" })).toBe("November 23, 2026");
});

test("an unknown locale or zone never breaks a page", () => {
  expect(formatMoment("2026-11-23T12:00:00Z", { locale: "??", timeZone: "Mars/Base" })).toContain("2026");
});

test("a period is a month", () => expect(formatPeriod("2026-11", "en")).toBe("November 2026"));

test("durations keep three figures, and instants their milliseconds", () => {
  expect([0.042, 12.34, 250.4, 1_250].map(formatDuration)).toEqual(["0.04 ms", "12.3 ms", "250 ms", "1.25 s"]);
  expect(formatInstant("2026-11-25T19:42:47.500123Z")).toBe("19:42:47.500");
  expect(formatSecond("2026-11-25T19:42:47.500123Z")).toBe("Nov 25, 19:42:47");
});

test("days within a text are written as the reader does", () => {
  const line = "Pro from 2026-11-29 until 2026-12-29, order 2026-13-45";
  const german = { locale: "de", timeZone: "America/New_York" };
  expect(withDays(line, german)).toBe("Pro from 29. November 2026 until 29. Dezember 2026, order 2026-13-45");
});

test("a moment in full names the weekday and the zone", () => {
  const full = formatMomentInFull("2026-11-30T15:15:00Z", { locale: "en", timeZone: "America/New_York" });
  expect(full).toMatch(/^Monday, November 30, 2026 at 10:15:00\sAM EST$/);
});
