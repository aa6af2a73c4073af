/** Scales: round numbers along an axis, and where a value stands between its ends. */

const STEPS = [1, 2, 2.5, 5, 10];

/** Round numbers around all of `values` and zero, evenly spaced, in rising order; `whole` numbers alone for counts. */
export function ticksOf(values: number[], { count = 4, whole = false } = {}): number[] {
  const known = values.filter(Number.isFinite);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  if (low === high) return [0, 1];
  const step = stepOf((high - low) / count, whole);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, at) => exact((first + at) * step));
}

function stepOf(least: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = (STEPS.find((each) => each * power >= least) ?? 10) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** Without the noise of binary fractions: 0.3, not 0.30000000000000004. */
const exact = (value: number) => Number(value.toPrecision(12));

/** From 0 (the top, at the last of `ticks`) to 100 (the bottom, at the first one), to two decimals. */
export function heightOf(value: number, ticks: number[]): number {
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  return rounded(100 - ((value - low) / (high - low)) * 100);
}

/** The middle of the slot `at` of `count` equal ones, from 0 to 100. */
export const middleOf = (at: number, count: number): number => rounded(((at + 0.5) / count) * 100);

export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** `1,200`; `1.2M` where the digits would not fit beside an axis. */
export function short(value: number, locale = "en"): string {
  const compact = Math.abs(value) >= 100_000;
  return new Intl.NumberFormat(locale, { notation: compact ? "compact" : "standard", maximumFractionDigits: 2 }).format(
    value,
  );
}
