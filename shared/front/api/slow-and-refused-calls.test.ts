// @vitest-environment node
/** What a call sends, when it gives up, and what an error answer becomes: `fetch` is a fake. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { registry } from "../server/metrics.ts";
import { BackClient, type Caller } from "./client.server.ts";

const caller: Caller = {
  correlationId: "correlation-1",
  clientAddress: "",
  userAgent: "",
  accessToken: () => "token",
  renew: async () => "renewed",
  leave: () => {
    throw new Error("left");
  },
};
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const logged = vi.fn();
const client = (overrides: Partial<Caller> = {}) =>
  new BackClient("back-api", "http://back-api:8100", { ...caller, ...overrides });
const headers = (call = 0) => fetched.mock.calls[call]?.[1].headers as Headers;
const init = () => fetched.mock.calls[0]?.[1] as RequestInit;
const problem = (status: number, extra = {}) =>
  new Response(JSON.stringify({ type: "urn:x", title: "No", status, ...extra }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

beforeEach(() => {
  fetched.mockReset();
  logged.mockReset();
  vi.stubGlobal("fetch", fetched);
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    logged(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const never = (_: string, { signal }: RequestInit) =>
  new Promise<Response>((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));

test("a peer that never answers is given up after eight seconds", async () => {
  vi.useFakeTimers();
  fetched.mockImplementation(never);
  const call = client()
    .get("/api/me")
    .catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(7_999);
  expect(init().signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await call).toMatchObject({ problem: { status: 503, dependency: "back-api" } });
});

test("a call's time is counted in seconds, by peer and status", async () => {
  fetched.mockResolvedValue(Response.json({}));
  vi.spyOn(performance, "now").mockReturnValueOnce(5_000).mockReturnValueOnce(5_250);
  await new BackClient("back-timed", "http://back-api:8100", caller).get("/api/me");
  expect(await registry.metrics()).toContain('http_client_duration_seconds_sum{peer="back-timed",status="200"} 0.25');
});

test("an answer in time leaves no timer behind", async () => {
  vi.useFakeTimers();
  fetched.mockResolvedValue(Response.json({}));
  await client().get("/api/me");
  expect(vi.getTimerCount()).toBe(0);
});

test("a redirect is an answer like others, it is not followed", async () => {
  fetched.mockResolvedValue(Response.json({}));
  await client().get("/api/me");
  expect(init().redirect).toBe("manual");
});

test("a list in a query is a parameter for each value; nothing is sent for what is missing", async () => {
  fetched.mockResolvedValue(Response.json({}));
  await client().get("/api/users", { id: ["a", "b"], q: "", page: undefined, limit: 0 });
  expect(fetched.mock.calls[0]?.[0]).toBe("http://back-api:8100/api/users?id=a&id=b&limit=0");
});

test("an upload is sent as it is, with its own type", async () => {
  fetched.mockResolvedValue(Response.json({}));
  const raw = new Blob(["picture"], { type: "image/png" });
  await client().put("/api/avatar", { raw });
  expect(headers().get("content-type")).toBe("image/png");
  expect(init().body).toBe(raw);
});

test("JSON is declared as JSON, and a call without a body has no type", async () => {
  fetched.mockImplementation(async () => Response.json({}));
  await client().post("/api/x", { json: { name: "Ada" } });
  expect(headers().get("content-type")).toBe("application/json");
  expect(headers().get("accept")).toBe("application/json");
  expect(init().body).toBe('{"name":"Ada"}');
  await client().post("/api/x");
  expect(headers(1).has("content-type")).toBe(false);
  expect(fetched.mock.calls[1]?.[1].body).toBeUndefined();
});

test("headers that have nothing to say are not sent", async () => {
  fetched.mockResolvedValue(Response.json({}));
  await client({ accessToken: () => null }).get("/api/me");
  for (const name of ["authorization", "user-agent", "x-forwarded-for", "traceparent", "if-match", "idempotency-key"]) {
    expect(headers().has(name), name).toBe(false);
  }
});

test("client, attempt and device are named", async () => {
  fetched.mockResolvedValue(Response.json({}));
  await client({ clientAddress: "203.0.113.9", userAgent: "Test/1.0" }).delete("/api/x", {
    idempotencyKey: "attempt-1",
    deviceToken: "device-1",
    version: 0,
  });
  expect(Object.fromEntries(headers())).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "user-agent": "Test/1.0",
    "idempotency-key": "attempt-1",
    "x-device-token": "device-1",
    "if-match": '"0"',
  });
});

test.each([
  ["get", "GET"],
  ["post", "POST"],
  ["put", "PUT"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
] as const)("%s sends %s", async (name, method) => {
  fetched.mockResolvedValue(Response.json({}));
  await client()[name]("/api/x");
  expect(init().method).toBe(method);
});

test.each([500, 501, 502, 503, 504])("a bare %i is problem as unavailable", async (status) => {
  fetched.mockResolvedValue(new Response("oops", { status }));
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 503, dependency: "back-api" } });
});

test.each([404, 499])("a bare %i is problem as what it is", async (status) => {
  fetched.mockResolvedValue(new Response("oops", { status, statusText: "Odd" }));
  await expect(client().get("/api/me")).rejects.toMatchObject({
    problem: { status, title: "Odd", detail: "This part of the service isn’t working right now." },
  });
});

test("a service's own 500 keeps its words", async () => {
  fetched.mockResolvedValue(problem(500, { detail: "Our mistake." }));
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 500, detail: "Our mistake." } });
});

test.each([502, 503, 504])("a %i keeps detail, dependency and correlation id", async (status) => {
  const body = { detail: "Later.", dependency: "back-postgres", correlation_id: "c-9" };
  fetched.mockResolvedValue(problem(status, body));
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 503, ...body } });
});

test("a peer that cannot be reached is logged with its reason", async () => {
  fetched.mockRejectedValue(new Error("fetch failed", { cause: new Error("ECONNREFUSED") }));
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 503 } });
  expect(logged).toHaveBeenCalledWith(
    expect.objectContaining({ peer: "back-api", path: "/api/me", why: "fetch failed: ECONNREFUSED" }),
  );
});

test("what is thrown without being an error is logged as it is", async () => {
  fetched.mockRejectedValue("gone");
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 503 } });
  expect(logged).toHaveBeenCalledWith(expect.objectContaining({ why: "gone" }));
});

test("an error without a cause is logged by its message", async () => {
  fetched.mockRejectedValue(new Error("aborted"));
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 503 } });
  expect(logged).toHaveBeenCalledWith(expect.objectContaining({ why: "aborted" }));
});

test("a problem is one whatever its charset; a page of words is none, and is not read", async () => {
  const headers = { "content-type": "application/problem+json; charset=utf-8" };
  fetched.mockResolvedValueOnce(new Response('{"title":"No","status":404,"detail":"Gone."}', { status: 404, headers }));
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { detail: "Gone." } });
  const page = new Response("<p>Not found</p>", { status: 404 });
  fetched.mockResolvedValueOnce(page);
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 404 } });
  expect(page.bodyUsed || page.body?.locked || (await page.text()) === "").toBe(true);
});

test("a token of one's own is neither renewed nor ends the login", async () => {
  fetched.mockResolvedValue(problem(401));
  await expect(client().bearing("other").get("/api/me")).rejects.toMatchObject({ problem: { status: 401 } });
  expect(headers().get("authorization")).toBe("Bearer other");
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("an exchange gives the answer's headers too", async () => {
  fetched.mockResolvedValue(Response.json({ id: 1 }, { headers: { "x-device-token": "d" } }));
  const { body, headers } = await client().exchange("/api/auth/login", { json: {} });
  expect(body).toEqual({ id: 1 });
  expect(headers.get("x-device-token")).toBe("d");
  expect(init().method).toBe("POST");
});

test("a file passes through with its token; its refusal is a problem", async () => {
  const file = new Response("bytes", { headers: { "content-type": "image/webp" } });
  fetched.mockResolvedValueOnce(file);
  expect(await client().stream("/api/avatars/1")).toBe(file);
  expect(headers().get("authorization")).toBe("Bearer token");
  fetched.mockResolvedValueOnce(problem(404));
  await expect(client().stream("/api/avatars/2")).rejects.toMatchObject({ problem: { status: 404 } });
});
