/** Money, dates and numbers for the reader. Formatting only: every amount comes from back-api. */

export interface Preferences {
  locale: string;
  timeZone: string;
}

/** Minor units (cents) as the currency writes them, e.g. `€12.00`. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(safeLocale(locale), { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

export function formatMoment(at: string, { locale, timeZone }: Preferences): string {
  const options = { dateStyle: "medium", timeStyle: "short", timeZone: safeTimeZone(timeZone) } as const;
  return new Intl.DateTimeFormat(safeLocale(locale), options).format(new Date(at));
}

const UNITS = [
  { unit: "minute", milliseconds: 60_000, below: 3_600_000 },
  { unit: "hour", milliseconds: 3_600_000, below: 86_400_000 },
  { unit: "day", milliseconds: 86_400_000, below: 30 * 86_400_000 },
] as const;

/** `5 minutes ago`, `yesterday`, `in 3 hours`; the day for what is more than a month away. */
export function formatAgo(at: string, now: number, preferences: Preferences): string {
  const away = new Date(at).getTime() - now;
  const fits = UNITS.find(({ below }) => Math.abs(away) < below);
  if (!fits) return formatDay(at, preferences);
  const format = new Intl.RelativeTimeFormat(safeLocale(preferences.locale), { numeric: "auto" });
  const amount = Math.trunc(away / fits.milliseconds);
  return amount === 0 ? format.format(0, "second") : format.format(amount, fits.unit);
}

function formatDay(at: string, { locale, timeZone }: Preferences): string {
  const options = { dateStyle: "medium", timeZone: safeTimeZone(timeZone) } as const;
  return new Intl.DateTimeFormat(safeLocale(locale), options).format(new Date(at));
}

/** With the weekday, the seconds and the zone: `Monday, November 30, 2026 at 10:15:00 AM GMT+1`. */
export function formatMomentInFull(at: string, { locale, timeZone }: Preferences): string {
  const options = { dateStyle: "full", timeStyle: "long", timeZone: safeTimeZone(timeZone) } as const;
  return new Intl.DateTimeFormat(safeLocale(locale), options).format(new Date(at));
}

/** `0.42 ms`, `12.3 ms`, `250 ms`, `1.25 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 1 ? 2 : milliseconds < 100 ? 1 : 0)} ms`;
}

/** `Nov 25, 19:42:47`, in UTC. */
export function formatSecond(at: string): string {
  const day = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(at));
  return `${day}, ${new Date(at).toISOString().slice(11, 19)}`;
}

/** The time of day with milliseconds, in UTC. */
export function formatInstant(at: string): string {
  return new Date(at).toISOString().slice(11, 23);
}

/** A calendar day such as `2026-11-23` is the same day everywhere; a moment is that day in the reader's zone. */
export function formatDate(at: string, { locale, timeZone }: Preferences): string {
  const zone = at.includes("T") ? safeTimeZone(timeZone) : "UTC";
  return new Intl.DateTimeFormat(safeLocale(locale), { dateStyle: "long", timeZone: zone }).format(new Date(at));
}

/** `text` with its days, such as 2026-11-23, as the reader writes them. */
export function withDays(text: string, preferences: Preferences): string {
  return text.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) =>
    Number.isNaN(Date.parse(day)) ? day : formatDate(day, preferences),
  );
}

/** `2026-11` as `November 2026`. */
export function formatPeriod(period: string, locale: string): string {
  const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(safeLocale(locale), options).format(new Date(`${period}-01T00:00:00Z`));
}

function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return "en";
  }
}

function safeTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
