// @vitest-environment node
/** Whether a front is ready, and what browsers may do with its pages. Peers are a fake `fetch`. */
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readiness, sendJson } from "./health.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { readSettings } from "./settings.ts";

const fetched = vi.fn<(url: string) => Promise<Response>>();
const look = (stopping = false) => readiness("front-public", "1.2.3", readSettings(), stopping);

beforeEach(() => {
  fetched.mockReset().mockImplementation(async () => new Response("ok"));
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test("with both peers it is ready", async () => {
  expect(await look()).toMatchObject({
    status: "ready",
    service: "front-public",
    version: "1.2.3",
    checks: {
      serving: { ok: true, required: true, detail: "" },
      "back-api": { ok: true, required: false, detail: "" },
      "back-auth": { ok: true, required: false, detail: "" },
    },
  });
  expect(fetched.mock.calls.map(([url]) => url)).toEqual([
    "http://back-api:8100/health",
    "http://back-auth:8101/health",
  ]);
});

test.each(["back-api", "back-auth"])("without %s it is degraded, and says why", async (away) => {
  fetched.mockImplementation(async (url) => {
    if (url.includes(away)) throw new Error("ECONNREFUSED");
    return new Response("ok");
  });
  const report = await look();
  expect(report.status).toBe("degraded");
  expect(report.checks).toMatchObject({ [away]: { ok: false, required: false, detail: "ECONNREFUSED" } });
});

test("a peer that answers with an error is reported by its status", async () => {
  fetched.mockImplementation(async (url) => new Response("", { status: url.includes("api") ? 503 : 200 }));
  expect(await look()).toMatchObject({
    status: "degraded",
    checks: { "back-api": { ok: false, detail: "answered 503" }, "back-auth": { ok: true } },
  });
});

test("a peer that does not answer in two seconds is away", async () => {
  const within = vi.spyOn(AbortSignal, "timeout");
  await look();
  expect(within.mock.calls).toEqual([[2_000], [2_000]]);
  expect(fetched.mock.calls[0]).toEqual([expect.any(String), { signal: within.mock.results[0]?.value }]);
});

test("what is thrown without being an error is reported as it is; an answer that nobody reads is given up", async () => {
  const answer = new Response("ok");
  fetched.mockResolvedValueOnce(answer).mockRejectedValueOnce("gone");
  expect((await look()).checks["back-auth"]).toEqual({ ok: false, required: false, detail: "gone" });
  expect(await answer.body?.getReader().read()).toMatchObject({ done: true });
});

test("while it stops it is not ready, whatever its peers say", async () => {
  expect(await look(true)).toMatchObject({
    status: "unready",
    checks: { serving: { ok: false, detail: "shutting down" } },
  });
});

test("JSON is never kept", () => {
  const response = { writeHead: vi.fn(), end: vi.fn() };
  sendJson(response as unknown as ServerResponse, 503, { a: 1 });
  expect(response.writeHead).toHaveBeenCalledWith(503, {
    "content-type": "application/json",
    "cache-control": "no-store",
  });
  expect(response.end).toHaveBeenCalledWith('{"a":1}');
});

test("pages are kept by nobody unless they say so", () => {
  const request = new Request("http://localhost:8000/");
  const [plain, own] = [new Headers(), new Headers({ "cache-control": "public" })];
  setSecurityHeaders(plain, "n", request);
  setSecurityHeaders(own, "n", request);
  expect(plain.get("cache-control")).toBe("private, no-store");
  expect(own.get("cache-control")).toBe("public");
  expect(Object.fromEntries(plain)).toEqual({
    "cache-control": "private, no-store",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
  });
  expect(plain.has("content-security-policy")).toBe(false);
});

test("in production scripts are ours alone, by nonce, and live updates go to the gateway", () => {
  vi.stubEnv("PROD", true);
  const headers = new Headers();
  setSecurityHeaders(headers, "nonce-1", new Request("http://localhost:8000/"));
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self' 'nonce-nonce-1'");
  expect(policy).toContain("connect-src 'self' ws://localhost:8000");
  expect(policy).toContain("frame-ancestors 'none'");
});
