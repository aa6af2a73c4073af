/** How long something has waited, in a unit that fits: `4 s`, `12 min`, `3 h`, `5 d`. */
export function formatAge(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** From when on waiting is worth an operator's attention, in seconds. */
const LONG = 30;

export const isLong = (seconds: number | null | undefined): boolean => (seconds ?? 0) > LONG;
