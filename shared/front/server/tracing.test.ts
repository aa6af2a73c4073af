// @vitest-environment node
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { openSpan, startTracing } from "./tracing.ts";

const PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const folder = () => mkdtemp(join(tmpdir(), "traces-"));

afterEach(() => startTracing("", "", 0));

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
  await vi.waitFor(async () => expect(await readdir(target)).toEqual([`front-public-${process.pid}.jsonl`]), 5_000);
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
