/** The calls of this front about traces. */
import type { Trace, TracePage } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { TraceSearch } from "./list.ts";

export function listTraces(session: UserSession, search: TraceSearch): Promise<TracePage> {
  return session.api.get("/api/traces", { ...search });
}

export function readTrace(session: UserSession, correlationId: string): Promise<Trace> {
  return session.api.get(`/api/traces/${encodeURIComponent(correlationId)}`);
}
