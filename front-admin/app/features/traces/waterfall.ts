/** Spans as rows of a waterfall: each below the one that it is part of, and where its bar stands. */
import type { TraceSpan } from "@dashboard/front/api/types.ts";

export interface Row {
  span: TraceSpan;
  depth: number;
  /** Milliseconds since the first span began. */
  offset: number;
  /** Of the bar, in percent of the whole. */
  left: number;
  width: number;
}

export interface Waterfall {
  rows: Row[];
  startedAt: string;
  /** Milliseconds from the first beginning to the last end. */
  total: number;
  services: string[];
  failed: number;
}

const NARROWEST = 0.4;

export function waterfall(spans: TraceSpan[]): Waterfall {
  const first = spans.reduce(
    (earliest, span) => (micros(span) < micros(earliest) ? span : earliest),
    spans[0] as TraceSpan,
  );
  const offset = (span: TraceSpan) => (micros(span) - micros(first)) / 1_000;
  const total = Math.max(...spans.map((span) => offset(span) + span.duration_ms), 0.001);
  const percent = (milliseconds: number) => Math.min(100, (milliseconds / total) * 100);
  const rows = inOrder(spans).map(({ span, depth }) => {
    const width = Math.max(NARROWEST, percent(span.duration_ms));
    return { span, depth, offset: offset(span), left: Math.min(percent(offset(span)), 100 - width), width };
  });
  const services = [...new Set(rows.map(({ span }) => span.service))];
  return { rows, startedAt: first.started_at, total, services, failed: spans.filter(({ failed }) => failed).length };
}

/** Microseconds since 1970: a Date alone would know milliseconds only. */
export function micros({ started_at }: Pick<TraceSpan, "started_at">): number {
  const fraction = /\.(\d+)/.exec(started_at)?.[1] ?? "";
  return Math.floor(Date.parse(started_at) / 1_000) * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/** By time, children right after their parent; one whose parent is not known, or that is its own, stands at the edge. */
function inOrder(spans: TraceSpan[]): { span: TraceSpan; depth: number }[] {
  const byTime = [...spans].sort((one, other) => micros(one) - micros(other));
  const known = new Set(byTime.map(({ id }) => id));
  const children = Map.groupBy(byTime, ({ id, parent_id }) =>
    known.has(parent_id) && parent_id !== id ? parent_id : "",
  );
  const ordered: { span: TraceSpan; depth: number }[] = [];
  const seen = new Set<string>();
  const add = (parent: string, depth: number) => {
    for (const span of children.get(parent) ?? []) {
      if (seen.has(span.id)) continue;
      seen.add(span.id);
      ordered.push({ span, depth });
      add(span.id, depth + 1);
    }
  };
  add("", 0);
  return ordered;
}
