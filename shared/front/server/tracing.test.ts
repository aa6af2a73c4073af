// @vitest-environment node
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { PARENT, spanFolders, start, written } from "../tests/written-spans.ts";
import { log } from "./log.ts";
import { openSpan, startTracing } from "./tracing.ts";

const PATIENCE = 60_000;

const folder = spanFolders();

test("without a folder there are no spans", () => {
  start("", 1);
  expect(openSpan("server", "request-1", { traceparent: PARENT })).toBeUndefined();
});

test("a span continues its caller's trace and is written as a line", async () => {
  const target = await folder();
  start(target, 0);
  const span = openSpan("server", "request-1", { traceparent: PARENT });
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
    start(await folder(), 0);
    expect(openSpan("server", "request-1", { traceparent: header })?.traceparent).toMatch(
      /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/,
    );
  },
);

test("what is logged for a request travels with its span, without what was typed", async () => {
  const target = await folder();
  start(target, 1);
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
  start(target, 1);
  const first = join(target, `front-public-${process.pid}.jsonl`);
  await writeFile(first, " ".repeat(4 * 1024 * 1024));
  openSpan("server", "request-4")?.end("GET /app", 200);
  const second = join(target, `front-public-${process.pid}.1.jsonl`);
  await vi.waitFor(async () => expect(await readFile(second, "utf8")).toContain("request-4"), PATIENCE);
});

test("a request that is fine is not written; one that failed is, with what it had called, and the other processes learn of it", async () => {
  const target = await folder();
  start(target, 0);
  openSpan("server", "request-5")?.end("GET /app", 200);
  const page = openSpan("server", "request-6");
  openSpan("client", "request-6", { traceparent: page?.traceparent })?.end("GET back-api", 200, "back-api");
  page?.end("GET /app", 500);
  const spans = await written(target, 2);
  expect(spans.map((span) => [span.correlation_id, span.name])).toEqual([
    ["request-6", "GET back-api"],
    ["request-6", "GET /app"],
  ]);
  const marks = await readFile(join(target, `front-public-${process.pid}.kept`), "utf8");
  expect(marks).toBe(`${page?.traceparent.split("-")[1]}\n`);
});

test("a page that hides what failed, one that is refused and one that somebody asks for are written", async () => {
  const target = await folder();
  start(target, 0);
  const page = openSpan("server", "request-7");
  openSpan("client", "request-7", { traceparent: page?.traceparent })?.end("GET back-api", 503, "back-api");
  page?.end("GET /app", 200);
  openSpan("server", "request-8")?.end("GET /nothing", 404);
  const asked = openSpan("server", "request-9", { asked: true });
  asked?.end("GET /app", 200);
  expect(asked?.traceparent).toMatch(/-01$/);
  const spans = await written(target, 4);
  expect(spans.map((span) => span.correlation_id)).toEqual(["request-7", "request-7", "request-8", "request-9"]);
});

test("a slow request is written", async () => {
  const target = await folder();
  startTracing("front-public", target, { sample: 0, perSecond: 0, slowMilliseconds: 1 });
  const begun = performance.now();
  const span = openSpan("server", "request-10");
  await vi.waitFor(() => expect(performance.now()).toBeGreaterThan(begun + 2));
  span?.end("GET /app", 200);
  expect((await written(target, 1))[0]).toMatchObject({ correlation_id: "request-10" });
});

test("of very many requests a few a second are written", async () => {
  const target = await folder();
  startTracing("front-public", target, { sample: 0, perSecond: 1, slowMilliseconds: 60_000 });
  for (let at = 0; at < 200; at += 1) openSpan("server", `request-${at}`)?.end("GET /app", 200);
  const spans = await written(target, 30);
  expect(spans.length).toBeLessThan(60);
});
