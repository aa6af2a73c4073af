/** The periods that figures can cover; the address says which. */

export type PeriodId = "7d" | "30d" | "90d";

export const PERIODS: { id: PeriodId; days: number }[] = [
  { id: "7d", days: 7 },
  { id: "30d", days: 30 },
  { id: "90d", days: 90 },
];
const USUAL: PeriodId = "30d";

/** What an address asks for; the usual one for anything else. */
export const periodOf = (params: URLSearchParams): PeriodId =>
  PERIODS.find(({ id }) => id === params.get("period"))?.id ?? USUAL;
