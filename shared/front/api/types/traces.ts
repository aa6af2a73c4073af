/** What a request did, step by step. */

/** A request by its first span. */
export interface TraceSummary {
  correlation_id: string;
  trace_id: string;
  name: string;
  service: string;
  started_at: string;
  duration_ms: number;
  spans: number;
  failed: boolean;
}

export interface TraceSpan {
  id: string;
  parent_id: string;
  service: string;
  name: string;
  kind: string;
  started_at: string;
  duration_ms: number;
  failed: boolean;
  attributes: Record<string, string>;
}

export interface TraceLog {
  at: string;
  service: string;
  level: string;
  event: string;
  fields: Record<string, string | number | boolean>;
}

export interface Trace {
  correlation_id: string;
  spans: TraceSpan[];
  logs: TraceLog[];
}
