/** Spans as the tracing of a front writes them into a folder of the test's own. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";
import { startTracing } from "../server/tracing.ts";

export const PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/** Called once at the top of a test file: silences the log, ends tracing after each test, removes the folders after all. */
export function spanFolders(): () => Promise<string> {
  const made: string[] = [];
  beforeEach(() => void vi.spyOn(process.stdout, "write").mockReturnValue(true));
  afterEach(() => start("", 0));
  afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));
  return async () => {
    const path = await mkdtemp(join(tmpdir(), "traces-"));
    made.push(path);
    return path;
  };
}

/** Traces into `folder` from now on; `sample` is the share of traces that are kept. */
export function start(folder: string, sample: number): void {
  startTracing("front-public", folder, { sample, perSecond: 0, slowMilliseconds: 60_000 });
}

/** What was written into `folder`, once there are `count` spans. */
export async function written(folder: string, count: number): Promise<Record<string, unknown>[]> {
  const file = join(folder, `front-public-${process.pid}.jsonl`);
  return await vi.waitFor(async () => {
    const lines = (await readFile(file, "utf8")).trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(count);
    return lines.map((line) => JSON.parse(line));
  }, 5_000);
}
