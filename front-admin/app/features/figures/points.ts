/** Figures as points of charts. */
import type { DayCount, Figures, HourRequests, MonthRevenue } from "@dashboard/front/api/types.ts";
import type { Point } from "@dashboard/front/chart/frame.tsx";
import type { Cell } from "@dashboard/front/chart/strip.tsx";

/** `Nov 3`. */
const dayName = (day: string) =>
  new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );

export const monthName = (month: string) =>
  new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** `14:00`, in UTC. */
export const hourName = (at: string) => `${new Date(at).toISOString().slice(11, 13)}:00`;

export const countsOf = (days: DayCount[]): Point[] =>
  days.map(({ day, count }) => ({ name: dayName(day), value: count }));

/** The months of each currency, in minor units; a month in which only another currency was invoiced is zero. */
export function revenueOf(months: MonthRevenue[]): { currency: string; points: Point[] }[] {
  const names = [...new Set(months.map(({ month }) => month))].sort();
  const currencies = [...new Set(months.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => ({
    currency,
    points: names.map((name) => {
      const found = months.find((each) => each.month === name && each.currency === currency);
      return { name: monthName(name), value: found?.amount_minor ?? 0 };
    }),
  }));
}

/** An hour is impaired when any request failed, and bad when one in ten did. */
export function conditionsOf(hours: HourRequests[]): Cell[] {
  return hours.map(({ at, requests, failed }) => {
    if (requests === 0) return { name: hourName(at), condition: "none" };
    return { name: hourName(at), condition: failed === 0 ? "good" : failed * 10 < requests ? "warn" : "bad" };
  });
}

/** How many requests began in each service, as far as their routes are listed. */
export function requestsByService(figures: Figures | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { service, requests } of figures?.requests?.routes ?? [])
    counts.set(service, (counts.get(service) ?? 0) + requests);
  return counts;
}
