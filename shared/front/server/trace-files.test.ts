// @vitest-environment node
/** Spans on their way to the disk: when they are written, and what becomes of those that cannot be. */
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spansLost } from "./metrics.ts";
import { TraceFiles } from "./trace-files.ts";

const FULL = 4 * 1024 * 1024;
const logged: Record<string, unknown>[] = [];
let folder = "";
let files: TraceFiles;

const file = (suffix: string) => join(folder, `front-${process.pid}${suffix}`);
const lost = async () => (await spansLost.get()).values[0]?.value ?? 0;

/** Half a second passes, and what it started is done. */
async function flushed(is: () => Promise<unknown>): Promise<void> {
  vi.advanceTimersByTime(500);
  vi.useRealTimers();
  await vi.waitFor(is, 60_000);
  vi.useFakeTimers();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trace-files-"));
  files = new TraceFiles("front", folder);
  logged.length = 0;
  spansLost.reset();
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    logged.push(JSON.parse(String(line)));
    return true;
  });
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

test("spans are written together, half a second after the first", async () => {
  files.write({ a: 1 });
  vi.advanceTimersByTime(400);
  files.write({ a: 2 });
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(99);
  expect(await readdir(folder)).toEqual([]);
  await flushed(async () => expect(await readFile(file(".jsonl"), "utf8")).toBe('{"a":1}\n{"a":2}\n'));
  files.write({ a: 3 });
  await flushed(async () => expect(await readFile(file(".jsonl"), "utf8")).toContain('{"a":3}\n'));
});

test("ids of kept traces have a file of their own, which begins anew when it is full", async () => {
  files.mark("t-1");
  await flushed(async () => expect(await readFile(file(".kept"), "utf8")).toBe("t-1\n"));
  files.mark("t-2");
  await flushed(async () => expect(await readFile(file(".kept"), "utf8")).toBe("t-1\nt-2\n"));
  await truncate(file(".kept"), 64 * 1024);
  files.mark("t-3");
  await flushed(async () => expect(await readFile(file(".kept"), "utf8")).toBe("t-3\n"));
  expect(await readdir(folder)).toEqual([`front-${process.pid}.kept`]);
});

test("a segment takes spans until it is full; of sixteen the oldest goes", async () => {
  await writeFile(file(".jsonl"), "");
  await truncate(file(".jsonl"), FULL - 1);
  files.write({ last: true });
  await flushed(async () => expect((await readFile(file(".jsonl"))).length).toBeGreaterThan(FULL));
  for (let number = 1; number <= 15; number += 1) {
    await writeFile(file(`.${number}.jsonl`), "");
    await truncate(file(`.${number}.jsonl`), FULL);
  }
  files.write({ next: true });
  await flushed(async () => expect(await readFile(file(".16.jsonl"), "utf8")).toBe('{"next":true}\n'));
  const kept = await readdir(folder);
  expect(kept).toHaveLength(16);
  expect(kept).not.toContain(`front-${process.pid}.jsonl`);
});

test("when too many wait, the rest is lost and counted, and logged once", async () => {
  for (let number = 1; number <= 8_192; number += 1) files.write({});
  expect(await lost()).toBe(0);
  files.write({});
  files.write({});
  expect(await lost()).toBe(2);
  expect(logged).toEqual([expect.objectContaining({ level: "warning", event: "spans are lost", problem: "too many" })]);
});

test("what the disk does not take is counted, and the reason is logged", async () => {
  await rm(folder, { recursive: true });
  await writeFile(folder, "no folder");
  files.write({});
  files.write({});
  await flushed(async () => expect(await lost()).toBe(2));
  expect(String(logged[0]?.problem)).toMatch(/EEXIST|ENOTDIR/);
});
