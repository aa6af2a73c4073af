/** The calls of this front about traces. */
import type { Items, Trace, TraceSummary } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export interface TraceFilter {
  /** Only those with a span that failed. */
  failed: boolean;
  slowerThan: number;
  limit: number;
}

export function listTraces(session: UserSession, { failed, slowerThan, limit }: TraceFilter) {
  const query = { limit, failed: failed ? "true" : null, slower_than_ms: slowerThan || null };
  return session.api.get<Items<TraceSummary>>("/api/traces", query);
}

export function readTrace(session: UserSession, correlationId: string): Promise<Trace> {
  return session.api.get(`/api/traces/${encodeURIComponent(correlationId)}`);
}
