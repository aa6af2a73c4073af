// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startTracing } from "../server/tracing.ts";
import { BackClient, type Caller } from "./client.server.ts";
import { ProblemError } from "./problem.ts";

const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const answers: (Response | Error)[] = [];
const sent: Request[] = [];

const caller = (overrides: Partial<Caller> = {}): Caller => ({
  correlationId: "correlation-1",
  clientAddress: "203.0.113.9",
  userAgent: "Test/1.0",
  accessToken: () => "old-token",
  renew: async () => "new-token",
  leave: () => {
    throw new Error("left");
  },
  ...overrides,
});
const client = (overrides?: Partial<Caller>) => new BackClient("back-api", "http://back-api:8100", caller(overrides));
const json = (body: unknown, status = 200) => Response.json(body, { status });
const problem = (status: number, extra = {}) =>
  new Response(JSON.stringify({ type: "urn:x", title: "No", status, ...extra }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

beforeEach(() => {
  answers.length = sent.length = 0;
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push(new Request(url, init));
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error("no answer prepared");
    return answer;
  });
});
afterEach(() => vi.unstubAllGlobals());

test("a call carries token, correlation id, client and version", async () => {
  answers.push(json({ id: 1 }));
  await client().patch("/api/profile", { json: { name: "A" }, version: 3 });
  const { headers, method } = sent[0] as Request;
  expect(method).toBe("PATCH");
  expect(headers.get("authorization")).toBe("Bearer old-token");
  expect(headers.get("x-correlation-id")).toBe("correlation-1");
  expect(headers.get("x-forwarded-for")).toBe("203.0.113.9");
  expect(headers.get("if-match")).toBe('"3"');
});

test("a call hands on the trace of the request that it serves", async () => {
  answers.push(json({}));
  await client({ traceparent: TRACEPARENT }).get("/api/me");
  expect((sent[0] as Request).headers.get("traceparent")).toBe(TRACEPARENT);
});

test("a traced call is a span of its own in that trace", async () => {
  startTracing("front-public", "/dev/null/nowhere", { sample: 1, perSecond: 0, slowMilliseconds: 500 });
  answers.push(json({}));
  await client({ traceparent: TRACEPARENT }).get("/api/me");
  startTracing("", "", { sample: 0, perSecond: 0, slowMilliseconds: 500 });
  expect((sent[0] as Request).headers.get("traceparent")).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad)/);
});

test("empty query values are left out, the rest is encoded", async () => {
  answers.push(json({ items: [] }));
  await client().get("/api/users", { q: "a&b", cursor: null, limit: 5 });
  expect((sent[0] as Request).url).toBe("http://back-api:8100/api/users?q=a%26b&limit=5");
});

test("an answer without a body is undefined", async () => {
  answers.push(new Response(null, { status: 204 }));
  expect(await client().post("/api/x")).toBeUndefined();
});

test("a refused token is renewed once and the call repeated", async () => {
  answers.push(problem(401), json({ ok: true }));
  expect(await client().get("/api/me")).toEqual({ ok: true });
  expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer old-token", "Bearer new-token"]);
});

test("a renewed token that is refused as well ends the login", async () => {
  answers.push(problem(401), problem(401));
  await expect(client().get("/api/me")).rejects.toThrow("left");
});

test("a 401 without a token is an ordinary problem", async () => {
  answers.push(problem(401));
  await expect(client().anonymous().post("/api/auth/login")).rejects.toThrow(ProblemError);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.headers.has("authorization")).toBe(false);
});

test.each([
  ["a refused connection", new Error("ECONNREFUSED"), "back-api"],
  ["a gateway error without a problem", new Response("oops", { status: 502 }), "back-api"],
  ["an unavailable dependency", problem(503, { dependency: "back-postgres" }), "back-postgres"],
])("%s becomes Unavailable", async (_, answer, dependency) => {
  answers.push(answer);
  await expect(client().get("/api/me")).rejects.toMatchObject({ problem: { status: 503, dependency } });
});

test("field errors arrive as they are", async () => {
  const errors = [{ field: "name", message: "Please enter a name." }];
  answers.push(problem(422, { errors }));
  await expect(client().post("/api/profile")).rejects.toMatchObject({ problem: { errors } });
});
