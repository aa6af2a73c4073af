// @vitest-environment node
/** Which token a session sends, when it asks for a new one, and what it keeps in cookies. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UserSession } from "./session.server.ts";
import { keepTheme, readTheme } from "./theme.server.ts";

const NAMES = {
  access: "dashboard_access",
  refresh: "dashboard_refresh",
  device: "dashboard_device",
  flash: "dashboard_flash",
};
const INFO = { correlationId: "correlation-1", nonce: "n", clientAddress: "", userAgent: "" };
const fetched = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

function token(secondsLeft: number, sub = "user-1"): string {
  const claims = { sub, sid: "s", role: "user", permissions: [], exp: Date.now() / 1_000 + secondsLeft };
  return `head.${btoa(JSON.stringify(claims))}.signature`;
}

function session(cookies: Record<string, string>): UserSession {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const request = new Request("http://localhost:8000/app");
  request.headers.set("cookie", cookie.join("; "));
  return new UserSession(request, new URL(request.url), NAMES, INFO);
}

function cookiesOf(subject: UserSession): string[] {
  const response = new Response();
  subject.finish(response);
  return response.headers.getSetCookie();
}

const bearer = (call: number) => new Headers(fetched.mock.calls[call]?.[1].headers).get("authorization");
const refused = () => new Response(null, { status: 401 });
const pair = () => ({
  access_token: token(900),
  refresh_token: "next",
  token_type: "Bearer" as const,
  expires_in: 900,
});

beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("calls carry the access token; asking for a new one carries none", async () => {
  const old = token(600);
  const renewed = pair();
  fetched
    .mockResolvedValueOnce(refused())
    .mockResolvedValueOnce(Response.json(renewed))
    .mockResolvedValueOnce(Response.json({ ok: true }));
  const subject = session({ dashboard_access: old, dashboard_refresh: "asks-without-a-token" });
  expect(await subject.api.get("/api/me")).toEqual({ ok: true });
  expect(fetched.mock.calls.map(([url]) => url)).toEqual([
    "http://back-api:8100/api/me",
    "http://back-auth:8101/api/auth/refresh",
    "http://back-api:8100/api/me",
  ]);
  expect([bearer(0), bearer(1), bearer(2)]).toEqual([`Bearer ${old}`, null, `Bearer ${renewed.access_token}`]);
});

test("a refused token without a refresh token leads to the login page", async () => {
  fetched.mockResolvedValue(refused());
  const subject = session({ dashboard_access: token(600) });
  await expect(subject.api.get("/api/me")).rejects.toMatchObject({ status: 302 });
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(cookiesOf(subject)).toHaveLength(2);
});

test("a refused token while back-auth is away is a problem, and nobody is logged out", async () => {
  fetched.mockResolvedValueOnce(refused()).mockRejectedValueOnce(new Error("ECONNREFUSED"));
  const subject = session({ dashboard_access: token(600), dashboard_refresh: "away-amid-a-call" });
  await expect(subject.api.get("/api/me")).rejects.toMatchObject({ problem: { dependency: "back-auth" } });
  expect(cookiesOf(subject)).toEqual([]);
});

test.each([
  [61, 0],
  [59, 1],
])("with %i seconds left back-auth is asked %i times", async (left, times) => {
  fetched.mockImplementation(async () => Response.json(pair()));
  await session({ dashboard_access: token(left), dashboard_refresh: `left-${left}` }).prepare();
  expect(fetched).toHaveBeenCalledTimes(times);
});

test("a token that is nearly over goes on while nobody can renew it", async () => {
  fetched.mockRejectedValue(new Error("ECONNREFUSED"));
  const subject = session({ dashboard_access: token(30), dashboard_refresh: "nearly-over" });
  await subject.prepare();
  expect(subject.uncertain).toBe(false);
  expect(subject.identity?.userId).toBe("user-1");
});

test("an expired token without a refresh token is taken away", async () => {
  const subject = session({ dashboard_access: token(-1) });
  await subject.prepare();
  expect(fetched).not.toHaveBeenCalled();
  expect(subject.accessToken).toBeNull();
  expect(cookiesOf(subject)).toHaveLength(2);
});

test("without a login there is nothing to take away", async () => {
  const subject = session({});
  await subject.prepare();
  expect(cookiesOf(subject)).toEqual([]);
});

test("an error that is no problem is not taken for a refusal", async () => {
  fetched.mockResolvedValue(new Response("no JSON"));
  const subject = session({ dashboard_access: token(-1), dashboard_refresh: "no-json" });
  await expect(subject.prepare()).rejects.toThrow(SyntaxError);
});

test("a login is kept for its time, a device for a year", () => {
  const subject = session({ dashboard_device: "known" });
  expect(subject.deviceToken).toBe("known");
  subject.signIn(pair());
  subject.rememberDevice("device");
  const ages = cookiesOf(subject).map((cookie) => /^(\w+)=.*Max-Age=(\d+)/.exec(cookie)?.slice(1));
  expect(ages).toEqual([
    ["dashboard_access", "900"],
    ["dashboard_refresh", "604800"],
    ["dashboard_device", "31536000"],
  ]);
  expect(subject.refreshToken).toBe("next");
});

test("the theme is read from its cookie and written when it changes", () => {
  expect(readTheme(session({ dashboard_theme: "dark" }))).toBe("dark");
  expect(readTheme(session({ dashboard_theme: "neon" }))).toBe("system");
  expect(readTheme(session({}))).toBe("system");
  const subject = session({ dashboard_theme: "dark" });
  keepTheme(subject, "dark");
  expect(cookiesOf(subject)).toEqual([]);
  keepTheme(subject, "light");
  expect(cookiesOf(subject)[0]).toMatch(/^dashboard_theme=light;.*Max-Age=31536000/);
});
