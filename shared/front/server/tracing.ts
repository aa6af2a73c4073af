/** Spans of a front. Off unless TRACES_DIR is set; then there are none. Which are written, trace-retention.ts decides. */
import { randomBytes } from "node:crypto";
import { alsoLogTo } from "./log.ts";
import { TraceFiles } from "./trace-files.ts";
import { Retention, type TracePolicy } from "./trace-retention.ts";

export const TRACE_HEADER = "traceparent";
const WELL_FORMED = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const MOST_SPANS = 256;
const MOST_LINES = 64;
const MOST_TEXT = 500;
/** Fields of a log line that stay out of its span: said elsewhere, or typed by a person. */
const LEFT_OUT =
  /^(correlation_id|path|exception)$|password|secret|token|authorization|cookie|credential|e?mail|address/i;
const ADDRESS = /[^\s@<>"'=]+@[^\s@<>"']+/g;

interface Target {
  service: string;
  files: TraceFiles;
  retention: Retention;
}

/** What this process does for one trace; `kept` says whether it is written. */
interface Part {
  traceId: string;
  kept: boolean;
  failed: boolean;
  spans: object[];
}

interface Begin {
  /** Of the trace that goes on here; a new one without it. */
  traceparent?: string;
  /** The correlation id is the client's own choice. */
  asked?: boolean;
}

interface LogLine {
  at: number;
  level: string;
  event: string;
  fields: Record<string, unknown>;
}

let target: Target | undefined;
/** The requests that are being answered, by correlation id, and what belongs to them, by trace id. */
const open = new Map<string, Span>();
const parts = new Map<string, Part>();

/** Traces this process from now on, if there is a folder for its spans. */
export function startTracing(service: string, folder: string, policy: TracePolicy): void {
  target = folder ? { service, files: new TraceFiles(service, folder), retention: new Retention(policy) } : undefined;
  alsoLogTo((level, event, fields) => open.get(String(fields.correlation_id))?.log(level, event, fields));
}

/** A span of a trace that goes on or begins; none where tracing is off. */
export function openSpan(kind: "server" | "client", correlationId: string, begin: Begin = {}): Span | undefined {
  return target && new Span(target, kind, correlationId, begin);
}

export class Span {
  readonly traceparent: string;
  readonly #target: Target;
  readonly #known: Record<string, string>;
  readonly #part: Part;
  readonly #started = performance.now();
  readonly #logs: LogLine[] = [];

  constructor(target: Target, kind: string, correlationId: string, { traceparent, asked = false }: Begin) {
    const [, traceId = randomBytes(16).toString("hex"), parentId = "", flags] =
      WELL_FORMED.exec(traceparent ?? "") ?? [];
    const spanId = randomBytes(8).toString("hex");
    const sampled = flags ? (Number.parseInt(flags, 16) & 1) === 1 : target.retention.isSampled(asked);
    this.#part = parts.get(traceId) ?? { traceId, kept: sampled, failed: false, spans: [] };
    this.traceparent = `00-${traceId}-${spanId}-${this.#part.kept ? "01" : "00"}`;
    this.#target = target;
    this.#known = { kind, trace_id: traceId, span_id: spanId, parent_id: parentId, correlation_id: correlationId };
    if (kind === "server") {
      open.set(correlationId, this);
      parts.set(traceId, this.#part);
    }
  }

  /** A line that was logged meanwhile. */
  log(level: string, event: string, fields: Record<string, unknown>): void {
    if (this.#logs.length >= MOST_LINES) return;
    const kept = Object.entries(fields).filter(([name]) => !LEFT_OUT.test(name));
    const plain = kept.map(([name, value]) => [name, typeof value === "number" ? value : textOf(value)]);
    const error = fields.exception ? { exception: withoutWords(String(fields.exception)) } : {};
    this.#logs.push({
      at: micros(performance.now()),
      level,
      event,
      fields: { ...Object.fromEntries(plain), ...error },
    });
  }

  /** `name` says the route, not the path: what a person has typed stays out of it. Status 0: no answer. */
  end(name: string, status: number, peer = ""): void {
    const duration = performance.now() - this.#started;
    const times = { started: micros(this.#started), duration: Math.round(duration * 1_000) };
    const { service } = this.#target;
    const logs = this.#logs.length ? { logs: this.#logs } : {};
    this.#add({ service, name, ...this.#known, peer, ...times, status: status ? String(status) : "error", ...logs });
    this.#part.failed ||= status === 0 || status >= 500;
    if (this.#known.kind === "server") this.#close(status, duration);
  }

  #add(span: object): void {
    if (this.#part.kept) this.#target.files.write(span);
    else if (this.#part.spans.length < MOST_SPANS) this.#part.spans.push(span);
  }

  /** The request has ended: its trace is kept if it is worth it. */
  #close(status: number, milliseconds: number): void {
    const { correlation_id: id = "" } = this.#known;
    if (open.get(id) === this) open.delete(id);
    const part = this.#part;
    parts.delete(part.traceId);
    if (part.kept || !this.#target.retention.isWorth(status, part.failed, milliseconds)) return;
    part.kept = true;
    this.#target.files.mark(part.traceId);
    for (const span of part.spans) this.#target.files.write(span);
  }
}

/** Microseconds since 1970 at a moment of `performance.now()`. */
function micros(moment: number): number {
  return Math.round((performance.timeOrigin + moment) * 1_000);
}

function textOf(value: unknown): string {
  return String(value).slice(0, MOST_TEXT).replace(ADDRESS, "…@…");
}

/** The type of an error and where it came through, without its message. */
function withoutWords(stack: string): string {
  const places = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [/^\w+/.exec(stack)?.[0] ?? "", ...places.map((line) => line.trim())].join(", ").slice(0, MOST_TEXT);
}
