// @vitest-environment node
/** The server of a front on a real socket, with a page of the tests' own. Lines of the log are read, not printed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerBuild } from "react-router";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { nameRoute } from "./route-names.ts";
import { readSettings } from "./settings.ts";
import { answers } from "./start.ts";
import { startTracing } from "./tracing.ts";

const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const folder = mkdtempSync(join(tmpdir(), "front-"));
const page = vi.fn<(request: Request) => Response | Promise<Response>>();
const logged: Record<string, unknown>[] = [];
let stopping = false;
let server: Server;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A build with one page, `/page`, which `page` answers. */
const route = { id: "page", path: "page", module: { loader: ({ request }: { request: Request }) => page(request) } };
const action = { ...route, module: { ...route.module, action: route.module.loader } };
const build = {
  entry: { module: { default: () => new Response("no such page", { status: 404 }), handleError: () => {} } },
  routes: { page: action },
  assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
  basename: "/",
  publicPath: "/",
  assetsBuildDirectory: "",
  future: {},
  ssr: true,
  isSpaMode: false,
  prerender: [],
  routeDiscovery: { mode: "initial" },
} as unknown as ServerBuild;

/** Sends the path as it stands, which `fetch` would not. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET", body = ""): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = send({ port, host: "127.0.0.1", path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const metrics = async () => (await ask("/metrics")).body;
const seen = () => page.mock.calls.at(-1)?.[0] as Request;

beforeAll(async () => {
  mkdirSync(join(folder, "build/client"), { recursive: true });
  writeFileSync(join(folder, "build/client/robots.txt"), "User-agent: *");
  const config = { ...readSettings(), internalNetworks: ["127.0.0.1"] };
  const front = { name: "front-public", version: "1.2.3", build, uploads: { "/page": 100_000 } };
  server = createServer(answers(front, config, folder, () => stopping));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  stopping = false;
  logged.length = 0;
  page.mockReset().mockImplementation(() => new Response("hello", { headers: { "content-type": "text/plain" } }));
  vi.stubGlobal("fetch", async () => new Response("ok"));
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    logged.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  startTracing("", "", { sample: 0, perSecond: 0, slowMilliseconds: 500 });
  vi.unstubAllGlobals();
});

test("it says that it lives, and with which version", async () => {
  const { status, body } = await ask("/health");
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ status: "ok", service: "front-public", version: "1.2.3" });
});

test("it is ready until it stops", async () => {
  expect(await ask("/health/ready")).toMatchObject({ status: 200, body: expect.stringContaining('"ready"') });
  stopping = true;
  expect(await ask("/health/ready")).toMatchObject({ status: 503, body: expect.stringContaining('"unready"') });
});

test("without its peers it is degraded, and still ready to serve", async () => {
  vi.stubGlobal("fetch", async () => new Response("", { status: 500 }));
  expect(await ask("/health/ready")).toMatchObject({ status: 200, body: expect.stringContaining('"degraded"') });
});

test("metrics are text of Prometheus", async () => {
  const { headers, body } = await ask("/metrics");
  expect(headers["content-type"]).toMatch(/^text\/plain; version=/);
  expect(body).toContain("# TYPE http_requests_total counter");
});

test("a file is sent before any page is asked", async () => {
  expect((await ask("/robots.txt")).body).toBe("User-agent: *");
  expect(page).not.toHaveBeenCalled();
});

test("a page is kept by nobody unless it says so", async () => {
  expect((await ask("/page")).headers["cache-control"]).toBe("private, no-store");
  page.mockImplementation(() => new Response("", { headers: { "cache-control": "public, max-age=60" } }));
  expect((await ask("/page")).headers["cache-control"]).toBe("public, max-age=60");
});

test("a page that is not there is the front's own 404", async () => {
  expect((await ask("/nothing")).status).toBe(404);
});

test("a correlation id goes to the page, the client and the log; one that is malformed is replaced", async () => {
  const { headers } = await ask("/page?q=1", { "x-correlation-id": "request-1" });
  expect(headers["x-correlation-id"]).toBe("request-1");
  expect(seen().headers.get("x-correlation-id")).toBe("request-1");
  await vi.waitFor(() => expect(logged).toHaveLength(1));
  expect(logged[0]).toMatchObject({ event: "request", path: "/page", status: 200, correlation_id: "request-1" });
  expect((await ask("/page", { "x-correlation-id": "no" })).headers["x-correlation-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("requests are counted by the template of their route", async () => {
  page.mockImplementation((request) => {
    nameRoute(request.headers.get("x-correlation-id") ?? "", "/counted/:id");
    return new Response("", { status: 201 });
  });
  await ask("/page");
  const line = 'http_requests_total{method="GET",route="/counted/:id",status="201"} 1';
  await vi.waitFor(async () => expect(await metrics()).toContain(line), 60_000);
  const seconds = /http_request_duration_seconds_sum\{method="GET",route="\/counted\/:id"\} (\S+)/;
  expect(Number(seconds.exec(await metrics())?.[1])).toBeLessThan(60);
});

test.each(["/page/", "//page", "/x/../page"])("%s leads to the page's own address, with its query", async (path) => {
  const { status, headers } = await ask(`${path}?q=1`, {}, "POST");
  expect(status).toBe(308);
  expect(headers.location).toBe("/page?q=1");
  expect(headers["cache-control"]).toBe("no-store");
  expect(page).not.toHaveBeenCalled();
});

test("what is no path is refused", async () => {
  const { status, headers } = await ask("http://elsewhere.example/page");
  expect(status).toBe(400);
  expect(headers["cache-control"]).toBe("no-store");
});

test("the gateway's word on host and client counts", async () => {
  const forwarded = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "example.org",
    "x-forwarded-proto": "https",
  };
  await ask("/page", forwarded);
  expect(seen().url).toBe("https://example.org/page");
  expect(seen().headers.get("x-client-address")).toBe("203.0.113.9");
});

test("an upload may be as large as its page allows, another form is refused", async () => {
  const sizes: number[] = [];
  page.mockImplementation(async (request) => {
    sizes.push((await request.arrayBuffer()).byteLength);
    return new Response("");
  });
  const text = "a".repeat(90_000);
  await ask("/page", { "content-type": "multipart/form-data; boundary=x" }, "POST", text);
  await ask("/page", { "content-type": "application/x-www-form-urlencoded" }, "POST", text);
  expect(sizes).toEqual([90_000, 0]);
});

test("a page of HTML is compressed", async () => {
  page.mockImplementation(() => new Response("<p>hi</p>".repeat(500), { headers: { "content-type": "text/html" } }));
  expect((await ask("/page", { "accept-encoding": "gzip" })).headers["content-encoding"]).toBe("gzip");
});

test("a stranger's trace is not continued: a page's trace begins here, or there is none", async () => {
  await ask("/page", { traceparent: TRACEPARENT });
  expect(seen().headers.has("traceparent")).toBe(false);
  startTracing("front-public", join(folder, "traces"), { sample: 0, perSecond: 0, slowMilliseconds: 60_000 });
  await ask("/page", { traceparent: TRACEPARENT });
  expect(seen().headers.get("traceparent")).toMatch(/^00-(?!0af765)[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});

test("who sends an id of their own asks for the trace; the gateway's id asks for nothing", async () => {
  startTracing("front-public", join(folder, "traces"), { sample: 0, perSecond: 0, slowMilliseconds: 60_000 });
  await ask("/page", { "x-correlation-id": "request-2" });
  expect(seen().headers.get("traceparent")).toMatch(/-01$/);
  await ask("/page", { "x-correlation-id": "request-3", "x-correlation-origin": "gateway" });
  expect(seen().headers.get("traceparent")).toMatch(/-00$/);
});
