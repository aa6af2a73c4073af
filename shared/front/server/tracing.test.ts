// @vitest-environment node
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { log } from "./log.ts";
import { openSpan, startTracing } from "./tracing.ts";

const PATIENCE = 60_000;

const PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const made: string[] = [];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "traces-"));
  made.push(path);
  return path;
}

afterEach(() => startTracing("", "", 0));
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));

test("without a folder there are no spans", () => {
  startTracing("front-public", "", 1);
  expect(openSpan("server", "request-1", PARENT)).toBeUndefined();
});

test("a span continues its caller's trace and is written as a line", async () => {
  const target = await folder();
  startTracing("front-public", target, 0);
  const span = openSpan("server", "request-1", PARENT);
  span?.end("GET /app", 200);
  expect(span?.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  await vi.waitFor(async () => expect(await readdir(target)).toEqual([`front-public-${process.pid}.jsonl`]), PATIENCE);
  const line = JSON.parse(await readFile(join(target, `front-public-${process.pid}.jsonl`), "utf8"));
  expect(line).toMatchObject({ service: "front-public", name: "GET /app", kind: "server", status: "200", peer: "" });
  expect(line).toMatchObject({ parent_id: "b7ad6b7169203331", correlation_id: "request-1" });
});

test.each([undefined, "", "00-nonsense", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])(
  "%s begins a new trace",
  async (header) => {
    startTracing("front-public", await folder(), 0);
    expect(openSpan("server", "request-1", header)?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  },
);

test("what is logged for a request travels with its span, without what was typed", async () => {
  const target = await folder();
  startTracing("front-public", target, 1);
  const span = openSpan("server", "request-2");
  log.error("page failed", new TypeError("for ann@example.com"), {
    correlation_id: "request-2",
    path: "/x",
    token: "t",
  });
  log.info("of another request", { correlation_id: "request-3" });
  span?.end("GET /app", 500);
  log.info("too late", { correlation_id: "request-2" });
  const file = join(target, `front-public-${process.pid}.jsonl`);
  await vi.waitFor(async () => expect(await readFile(file, "utf8")).toContain("GET /app"), PATIENCE);
  const [line] = JSON.parse((await readFile(file, "utf8")).trim()).logs;
  expect(line).toMatchObject({ level: "error", event: "page failed" });
  expect(Object.keys(line.fields)).toEqual(["exception"]);
  expect(line.fields.exception).toMatch(/^TypeError, at .*tracing.test/);
});

test("a full file is followed by another", async () => {
  const target = await folder();
  startTracing("front-public", target, 1);
  const first = join(target, `front-public-${process.pid}.jsonl`);
  await writeFile(first, " ".repeat(4 * 1024 * 1024));
  openSpan("server", "request-4")?.end("GET /app", 200);
  const second = join(target, `front-public-${process.pid}.1.jsonl`);
  await vi.waitFor(async () => expect(await readFile(second, "utf8")).toContain("request-4"), PATIENCE);
});
