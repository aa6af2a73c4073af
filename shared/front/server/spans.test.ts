// @vitest-environment node
/** What is in a span, and which of them are written: figures, limits, log lines. */
import { expect, test, vi } from "vitest";
import { PARENT, spanFolders, start, written } from "../tests/written-spans.ts";
import { log } from "./log.ts";
import { openSpan } from "./tracing.ts";

const folder = spanFolders();

test("a log line keeps its numbers; long texts are cut, and addresses in them are hidden", async () => {
  const target = await folder();
  start(target, 1);
  const before = Date.now() * 1_000;
  const span = openSpan("server", "request-11");
  const of = { correlation_id: "request-11" };
  log.info("sent", { ...of, count: 3, to: "for ann@example.com now", long: "x".repeat(600), none: null });
  log.warning("typed", { ...of, e_mail: "a", password: "b", session_cookie: "c", peer: "back-api" });
  span?.end("GET /app", 200);
  const [line] = await written(target, 1);
  const [sent, typed] = (line?.logs ?? []) as { at: number; fields: Record<string, unknown>; level: string }[];
  expect(sent?.fields).toEqual({ count: 3, to: "for …@… now", long: "x".repeat(500), none: "null" });
  expect(typed).toMatchObject({ level: "warning", fields: { peer: "back-api" } });
  expect(Object.keys(typed?.fields ?? {})).toEqual(["peer"]);
  expect(sent?.at).toBeGreaterThan(before - 60_000_000);
  expect(sent?.at).toBeLessThan(before + 60_000_000);
});

test("a span has sixty-four lines of the log at most, and none when nothing was logged", async () => {
  const target = await folder();
  start(target, 1);
  const span = openSpan("server", "request-12");
  for (let at = 0; at < 70; at += 1) log.info("again", { correlation_id: "request-12", at });
  span?.end("GET /app", 200);
  openSpan("server", "request-13")?.end("GET /app", 200);
  const [full, quiet] = await written(target, 2);
  expect(full?.logs).toHaveLength(64);
  expect(quiet).not.toHaveProperty("logs");
});

test("a span says when it began and how long it took, in microseconds; no answer is an error", async () => {
  const target = await folder();
  start(target, 1);
  vi.spyOn(performance, "now").mockReturnValueOnce(1_000.5).mockReturnValueOnce(1_250.25);
  openSpan("client", "request-14")?.end("GET back-api", 0, "back-api");
  const [line] = await written(target, 1);
  expect(line).toMatchObject({ duration: 249_750, status: "error", peer: "back-api", kind: "client" });
  expect(line?.started).toBe(Math.round((performance.timeOrigin + 1_000.5) * 1_000));
});

test("a call that got no answer makes its page worth keeping, a refused one does not", async () => {
  const target = await folder();
  start(target, 0);
  for (const [id, status] of [["request-15", 499] as const, ["request-16", 0] as const]) {
    const page = openSpan("server", id);
    openSpan("client", id, { traceparent: page?.traceparent })?.end("GET back-api", status, "back-api");
    page?.end("GET /app", 200);
  }
  const spans = await written(target, 2);
  expect(spans.map((span) => span.correlation_id)).toEqual(["request-16", "request-16"]);
});

test("of a page with very many calls so many spans are kept", async () => {
  const target = await folder();
  start(target, 0);
  const page = openSpan("server", "request-17");
  for (let at = 0; at < 300; at += 1) {
    openSpan("client", "request-17", { traceparent: page?.traceparent })?.end("GET back-api", 200, "back-api");
  }
  page?.end("GET /app", 500);
  expect(await written(target, 256)).toHaveLength(256);
});

test.each([
  ["00", false],
  ["01", true],
  ["02", false],
  ["03", true],
  ["ff", true],
])("of a trace with the flags %s the first bit says whether it is kept: %s", async (flags, kept) => {
  start(await folder(), 0);
  const span = openSpan("server", "request-18", { traceparent: PARENT.replace(/01$/, flags) });
  expect(span?.traceparent.endsWith(kept ? "-01" : "-00")).toBe(true);
  span?.end("GET /app", 200);
});

test("an error's place stays in the span, its words do not; what was thrown without one says its first word", async () => {
  const target = await folder();
  start(target, 1);
  const span = openSpan("server", "request-19");
  const error = new RangeError("secret words");
  error.stack = "RangeError: secret words\n    at first (a.ts:1)\n  more words\n    at second (b.ts:2)";
  log.error("failed", error, { correlation_id: "request-19" });
  log.error("failed", "gone away", { correlation_id: "request-19" });
  log.error("failed", "", { correlation_id: "request-19" });
  span?.end("GET /app", 500);
  const [line] = await written(target, 1);
  const logged = ((line?.logs ?? []) as { fields: object }[]).map(({ fields }) => fields);
  expect(logged).toEqual([
    { exception: "RangeError, at first (a.ts:1), at second (b.ts:2)" },
    { exception: "gone" },
    {},
  ]);
});
