/** The correlation id of a request: accepted when well-formed, else made (same rule as shared/utils/correlation.py). */

export const CORRELATION_HEADER = "x-correlation-id";
/** Stands beside an id that the gateway has made itself. */
export const ORIGIN_HEADER = "x-correlation-origin";
const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

export function acceptCorrelationId(candidate: string | string[] | null | undefined): string {
  return typeof candidate === "string" && WELL_FORMED.test(candidate) ? candidate : crypto.randomUUID();
}
