/** Spans of a front, in the form and place of shared/chassis/tracing/files.py. Off unless TRACES_DIR is set; then there are none. */
import { randomBytes } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { log } from "./log.ts";

export const TRACE_HEADER = "traceparent";
const WELL_FORMED = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const FLUSH_MILLISECONDS = 500;
const MOST_WAITING = 8_192;
const MOST_BYTES = 64 * 1024 * 1024;

interface Target {
  service: string;
  folder: string;
  sample: number;
}

let target: Target | undefined;

/** Traces this process from now on, if there is a folder for its spans; `sample` is the share of new traces that are kept. */
export function startTracing(service: string, folder: string, sample: number): void {
  target = folder ? { service, folder, sample } : undefined;
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

  constructor(target: Target, kind: string, correlationId: string, parent?: string) {
    const [, traceId = randomBytes(16).toString("hex"), parentId = "", flags] = WELL_FORMED.exec(parent ?? "") ?? [];
    const spanId = randomBytes(8).toString("hex");
    this.#sampled = flags ? (Number.parseInt(flags, 16) & 1) === 1 : Math.random() < target.sample;
    this.traceparent = `00-${traceId}-${spanId}-${this.#sampled ? "01" : "00"}`;
    this.#target = target;
    this.#known = { kind, trace_id: traceId, span_id: spanId, parent_id: parentId, correlation_id: correlationId };
  }

  /** `name` says the route, not the path: what a person has typed stays out of it. Status 0: no answer. */
  end(name: string, status: number, peer = ""): void {
    if (!this.#sampled) return;
    const duration = performance.now() - this.#started;
    const started = Math.round((performance.timeOrigin + this.#started) * 1_000);
    const times = { started, duration: Math.round(duration * 1_000) };
    const { service } = this.#target;
    const span = { service, name, ...this.#known, peer, ...times, status: status ? String(status) : "error" };
    keep(this.#target, `${JSON.stringify(span)}\n`);
  }
}

let waiting: string[] = [];
let written = 0;
let complained = false;

function keep(to: Target, line: string): void {
  if (waiting.length >= MOST_WAITING || written >= MOST_BYTES) {
    complain("too many");
    return;
  }
  if (waiting.length === 0) setTimeout(() => write(to), FLUSH_MILLISECONDS).unref();
  waiting.push(line);
}

async function write(to: Target): Promise<void> {
  const text = waiting.join("");
  waiting = [];
  written += text.length;
  try {
    await mkdir(to.folder, { recursive: true });
    await appendFile(join(to.folder, `${to.service}-${process.pid}.jsonl`), text);
  } catch (error) {
    complain(String(error));
  }
}

/** Lost spans are worth one line in the log, and never a failed page. */
function complain(problem: string): void {
  if (!complained) log.warning("spans are lost", { problem });
  complained = true;
}
