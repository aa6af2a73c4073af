/** Where a front's spans and the ids of traces worth keeping go: files in the form and place of shared/chassis/tracing. */
import { appendFile, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { log } from "./log.ts";
import { spansLost } from "./metrics.ts";

const FLUSH_MILLISECONDS = 500;
const MOST_WAITING = 8_192;
const SEGMENT_BYTES = 4 * 1024 * 1024;
const MOST_SEGMENTS = 16;
const MOST_MARK_BYTES = 64 * 1024;

export class TraceFiles {
  readonly #service: string;
  readonly #folder: string;
  #segment = 0;
  #spans: string[] = [];
  #marks: string[] = [];
  #planned = false;
  #complained = false;

  constructor(service: string, folder: string) {
    this.#service = service;
    this.#folder = folder;
  }

  /** Writes `span` soon. */
  write(span: object): void {
    if (this.#spans.length >= MOST_WAITING) {
      spansLost.inc();
      this.#complain("too many");
      return;
    }
    this.#spans.push(`${JSON.stringify(span)}\n`);
    this.#plan();
  }

  /** Tells the other processes that this trace is kept. */
  mark(traceId: string): void {
    this.#marks.push(`${traceId}\n`);
    this.#plan();
  }

  #plan(): void {
    if (!this.#planned) setTimeout(() => this.#flush(), FLUSH_MILLISECONDS).unref();
    this.#planned = true;
  }

  async #flush(): Promise<void> {
    const [spans, marks] = [this.#spans, this.#marks];
    [this.#spans, this.#marks, this.#planned] = [[], [], false];
    try {
      await mkdir(this.#folder, { recursive: true });
      if (marks.length) await this.#publish(marks.join(""));
      if (spans.length) await appendFile(await this.#segmentWithRoom(), spans.join(""));
    } catch (error) {
      spansLost.inc(spans.length);
      this.#complain(String(error));
    }
  }

  async #publish(ids: string): Promise<void> {
    const path = join(this.#folder, `${this.#service}-${process.pid}.kept`);
    if ((await sizeOf(path)) < MOST_MARK_BYTES) await appendFile(path, ids);
    else await writeFile(path, ids);
  }

  /** A file that is full is followed by another; of these the newest are kept. */
  async #segmentWithRoom(): Promise<string> {
    const name = `${this.#service}-${process.pid}`;
    const path = (number: number) => join(this.#folder, `${name}${number ? `.${number}` : ""}.jsonl`);
    while ((await sizeOf(path(this.#segment))) >= SEGMENT_BYTES) {
      this.#segment += 1;
      await rm(path(this.#segment - MOST_SEGMENTS), { force: true });
    }
    return path(this.#segment);
  }

  /** Lost spans are worth one line in the log, and never a failed page. */
  #complain(problem: string): void {
    if (!this.#complained) log.warning("spans are lost", { problem });
    this.#complained = true;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
