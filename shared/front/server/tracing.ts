/** Spans of a front, in the form and place of shared/chassis/tracing/files.py. Off unless TRACES_DIR is set; then there are none. */
import { randomBytes } from "node:crypto";
import { appendFile, mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { alsoTell, log } from "./log.ts";
import { spansLost } from "./metrics.ts";

export const TRACE_HEADER = "traceparent";
const WELL_FORMED = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const FLUSH_MILLISECONDS = 500;
const MOST_WAITING = 8_192;
const SEGMENT_BYTES = 4 * 1024 * 1024;
const MOST_SEGMENTS = 16;
const MOST_LINES = 64;
const MOST_TEXT = 500;
/** Fields of a log line that stay out of its span: said elsewhere, or typed by a person. */
const LEFT_OUT =
  /^(correlation_id|path|exception)$|password|secret|token|authorization|cookie|credential|e?mail|address/i;
const ADDRESS = /[^\s@<>"'=]+@[^\s@<>"']+/g;

interface Target {
  service: string;
  folder: string;
  sample: number;
}

interface LogLine {
  at: number;
  level: string;
  event: string;
  fields: Record<string, unknown>;
}

let target: Target | undefined;
let segment = 0;
/** The requests that are being answered, by correlation id. */
const open = new Map<string, Span>();

/** Traces this process from now on, if there is a folder for its spans; `sample` is the share of new traces that are kept. */
export function startTracing(service: string, folder: string, sample: number): void {
  target = folder ? { service, folder, sample } : undefined;
  segment = 0;
  alsoTell((level, event, fields) => open.get(String(fields.correlation_id))?.log(level, event, fields));
}

/** A span of `traceparent`'s trace, or of a new one; none where tracing is off. */
export function openSpan(kind: "server" | "client", correlationId: string, traceparent?: string): Span | undefined {
  return target && new Span(target, kind, correlationId, traceparent);
}

export class Span {
  readonly traceparent: string;
  readonly #target: Target;
  readonly #known: Record<string, string>;
  readonly #sampled: boolean;
  readonly #started = performance.now();
  readonly #logs: LogLine[] = [];

  constructor(target: Target, kind: string, correlationId: string, parent?: string) {
    const [, traceId = randomBytes(16).toString("hex"), parentId = "", flags] = WELL_FORMED.exec(parent ?? "") ?? [];
    const spanId = randomBytes(8).toString("hex");
    this.#sampled = flags ? (Number.parseInt(flags, 16) & 1) === 1 : Math.random() < target.sample;
    this.traceparent = `00-${traceId}-${spanId}-${this.#sampled ? "01" : "00"}`;
    this.#target = target;
    this.#known = { kind, trace_id: traceId, span_id: spanId, parent_id: parentId, correlation_id: correlationId };
    if (kind === "server" && this.#sampled) open.set(correlationId, this);
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
    if (!this.#sampled) return;
    if (open.get(this.#known.correlation_id ?? "") === this) open.delete(this.#known.correlation_id ?? "");
    const duration = performance.now() - this.#started;
    const times = { started: micros(this.#started), duration: Math.round(duration * 1_000) };
    const { service } = this.#target;
    const logs = this.#logs.length ? { logs: this.#logs } : {};
    const span = { service, name, ...this.#known, peer, ...times, status: status ? String(status) : "error", ...logs };
    keep(this.#target, `${JSON.stringify(span)}\n`);
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

let waiting: string[] = [];
let complained = false;

function keep(to: Target, line: string): void {
  if (waiting.length >= MOST_WAITING) {
    spansLost.inc();
    complain("too many");
    return;
  }
  if (waiting.length === 0) setTimeout(() => write(to), FLUSH_MILLISECONDS).unref();
  waiting.push(line);
}

async function write(to: Target): Promise<void> {
  const text = waiting.join("");
  const count = waiting.length;
  waiting = [];
  try {
    await mkdir(to.folder, { recursive: true });
    await appendFile(await segmentWithRoom(to), text);
  } catch (error) {
    spansLost.inc(count);
    complain(String(error));
  }
}

/** A file that is full is followed by another; of these the newest are kept. */
async function segmentWithRoom(to: Target): Promise<string> {
  const path = (number: number) => join(to.folder, `${to.service}-${process.pid}${number ? `.${number}` : ""}.jsonl`);
  while ((await sizeOf(path(segment))) >= SEGMENT_BYTES) {
    segment += 1;
    await rm(path(segment - MOST_SEGMENTS), { force: true });
  }
  return path(segment);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

/** Lost spans are worth one line in the log, and never a failed page. */
function complain(problem: string): void {
  if (!complained) log.warning("spans are lost", { problem });
  complained = true;
}
