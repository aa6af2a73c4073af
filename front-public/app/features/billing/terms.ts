/** A subscription's terms in words and figures. A total is the plan's price of a seat, as back-api gives it, for each seat. */
import type { Currency, Interval, Plan, PlanId, Problem } from "@dashboard/front/api/types.ts";
import { formatMoney } from "@dashboard/front/format/format.ts";
import { text } from "@dashboard/front/forms/values.ts";

export interface Terms {
  plan: PlanId;
  interval: Interval;
  currency: Currency;
  seats: number;
}

export const MOST_SEATS = 1_000;
export const SEATS_RULE = `Seats must be between 1 and ${MOST_SEATS.toLocaleString("en")}.`;
export const INTERVALS: Record<Interval, string> = { month: "Monthly", year: "Yearly" };
export const PER: Record<Interval, string> = { month: "a month", year: "a year" };

/** What a plan's form has sent. */
export function readTerms(form: FormData): Terms {
  return {
    plan: text(form, "plan") as PlanId,
    interval: (text(form, "interval") || "month") as Interval,
    currency: (text(form, "currency") || "EUR") as Currency,
    seats: Number(text(form, "seats") || 1),
  };
}

export const isCount = (seats: number): boolean => Number.isInteger(seats) && seats >= 1 && seats <= MOST_SEATS;

/** What cannot be reviewed: there is no sum of it. */
export function seatsProblem({ seats }: Terms): Problem | null {
  if (isCount(seats)) return null;
  return {
    type: "about:blank",
    title: "Invalid",
    status: 422,
    errors: [{ field: "seats", message: SEATS_RULE }],
  };
}

export const planName = (plan: string): string => plan.charAt(0).toUpperCase() + plan.slice(1);

export const seatsInWords = (seats: number): string => (seats === 1 ? "1 seat" : `${seats.toLocaleString("en")} seats`);

export function seatPrice({ prices }: Plan, { interval, currency }: Pick<Terms, "interval" | "currency">) {
  return prices.find((price) => price.interval === interval && price.currency === currency)?.amount_minor ?? null;
}

/** What `terms` cost each period; null when the plan is not sold that way. */
export function totalOf(plan: Plan | undefined, terms: Omit<Terms, "plan">): number | null {
  const price = plan ? seatPrice(plan, terms) : null;
  return price === null || !isCount(terms.seats) ? null : price * terms.seats;
}

/** `$980.00 a year`. */
export function perPeriod(minor: number, { interval, currency }: Omit<Terms, "plan">, locale: string): string {
  return `${formatMoney(minor, currency, locale)} ${PER[interval]}`;
}

/** Whether the period that begins on `day` waits for its invoice. */
export const isDue = (day: string, today: string): boolean => day <= today;
