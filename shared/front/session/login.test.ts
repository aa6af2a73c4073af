// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { begin, discard, logIn, logOut } from "./login.server.ts";
import { UserSession } from "./session.server.ts";

const NAMES = { access: "a", refresh: "r", device: "d", flash: "f" };
const INFO = { correlationId: "correlation-1", nonce: "n", clientAddress: "", userAgent: "" };
const NEW = { access_token: "new-access", refresh_token: "s9.1.new", token_type: "Bearer", expires_in: 900 } as const;
const LOGIN = { ...NEW, device_token: "this-device" };

let asked: string[];
let answer: () => Response;

beforeEach(() => {
  asked = [];
  answer = () => new Response(null, { status: 204 });
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.stubGlobal("fetch", async (url: string, { method, headers, body }: RequestInit) => {
    const by = new Headers(headers);
    const sent = [by.get("authorization") ?? "", by.get("x-device-token") ?? "", body ?? ""].filter(Boolean);
    asked.push([method, new URL(url).pathname, ...sent].join(" "));
    return answer();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function access(sid: string): string {
  return `head.${btoa(JSON.stringify({ sub: "u", sid, role: "user", exp: Date.now() / 1_000 + 600 }))}.tail`;
}

function session(cookies: Record<string, string>): UserSession {
  const url = new URL("http://localhost:8000/login");
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const request = new Request(url);
  request.headers.set("cookie", cookie.join("; "));
  return new UserSession(request, url, NAMES, INFO);
}

function cookiesOf(subject: UserSession): string[] {
  const response = new Response();
  subject.finish(response);
  return response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
}

const ended = (refresh_token: string) => `POST /api/auth/logout ${JSON.stringify({ refresh_token })}`;
const endedBy = (token: string, sid: string) => `DELETE /api/auth/sessions/${sid} Bearer ${token}`;

test.each([
  ["both tokens", { a: access("s1"), r: "s1.1.x" }, [ended("s1.1.x")]],
  ["the access token alone", { a: access("s1") }, [endedBy(access("s1"), "s1")]],
  ["the refresh token alone", { r: "s1.1.x" }, [ended("s1.1.x")]],
  ["tokens of two logins", { a: access("s1"), r: "s2.1.x" }, [ended("s2.1.x"), endedBy(access("s1"), "s1")]],
  ["nothing", {}, []],
])("logging out with %s ends what they open", async (_, cookies, calls) => {
  const subject = session(cookies);
  await logOut(subject);
  expect(asked).toEqual(calls);
  expect(cookiesOf(subject)).toEqual(["a=", "r="]);
});

test.each([401, 404, 503])("logging out holds here although back-auth answers %i", async (status) => {
  answer = () => new Response(null, { status });
  const subject = session({ a: access("s1") });
  await logOut(subject);
  expect(cookiesOf(subject)).toEqual(["a=", "r="]);
});

test("a login over a login ends the one before", async () => {
  const subject = session({ a: access("s1"), r: "s1.1.x" });
  await begin(subject, LOGIN);
  expect(asked).toEqual([ended("s1.1.x")]);
  expect(cookiesOf(subject)).toEqual(["a=new-access", "r=s9.1.new", "d=this-device"]);
});

test("a login that is not taken ends, and the one before goes on", async () => {
  const subject = session({ a: access("s1"), r: "s1.1.x" });
  await discard(subject, NEW);
  expect(asked).toEqual([ended("s9.1.new")]);
  expect(cookiesOf(subject)).toEqual([]);
});

test("a browser says that somebody has logged in on it before, and keeps the answer", async () => {
  answer = () => Response.json(NEW, { headers: { "x-device-token": "newer" } });
  const result = await logIn(session({ d: "older" }), "ann@example.com", "secret");
  expect(asked).toEqual([
    `POST /api/auth/login older ${JSON.stringify({ email: "ann@example.com", password: "secret" })}`,
  ]);
  expect(result).toMatchObject({ ok: true, data: { refresh_token: "s9.1.new", device_token: "newer" } });
});

test("what is refused says why", async () => {
  const problem = { type: "x", title: "Too many attempts", status: 429, detail: "Try again in 15 minutes." };
  answer = () => Response.json(problem, { status: 429, headers: { "content-type": "application/problem+json" } });
  const result = await logIn(session({}), "ann@example.com", "secret");
  expect(result).toMatchObject({ ok: false, problem: { status: 429, detail: "Try again in 15 minutes." } });
});
