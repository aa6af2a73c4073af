/** One refresh for all requests that arrive with the same refresh token at about the same time. */
import type { TokenPair } from "../api/types.ts";

/** As long as back-auth accepts a rotated token a second time (shared/security/constants.py, REFRESH_GRACE). */
const GRACE_MILLISECONDS = 10_000;

const flights = new Map<string, Promise<TokenPair>>();

/** The result of `refresh(token)`, asked once; a failure is forgotten at once, so that the next request tries again. */
export function refreshOnce(token: string, refresh: (token: string) => Promise<TokenPair>): Promise<TokenPair> {
  const known = flights.get(token);
  if (known) return known;
  const flight = refresh(token);
  flights.set(token, flight);
  const forget = () => flights.delete(token);
  flight.then(() => setTimeout(forget, GRACE_MILLISECONDS).unref(), forget);
  return flight;
}
