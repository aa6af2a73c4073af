// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UserSession } from "./session.server.ts";

const NAMES = {
  access: "dashboard_access",
  refresh: "dashboard_refresh",
  device: "dashboard_device",
  flash: "dashboard_flash",
};
const INFO = { correlationId: "correlation-1", nonce: "n", clientAddress: "", userAgent: "" };

function token(secondsLeft: number): string {
  const claims = { sub: "user-1", sid: "s", role: "user", permissions: [], exp: Date.now() / 1_000 + secondsLeft };
  return `head.${btoa(JSON.stringify(claims))}.signature`;
}

function session(cookies: Record<string, string>, url = "http://localhost:8000/app/billing"): UserSession {
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const request = new Request(url);
  request.headers.set("cookie", cookie.join("; "));
  return new UserSession(request, new URL(url), NAMES, INFO);
}

function cookiesOf(subject: UserSession): string[] {
  const response = new Response();
  subject.finish(response);
  return response.headers.getSetCookie();
}

const refreshed = () => {
  const body = { access_token: token(900), refresh_token: "second", token_type: "Bearer", expires_in: 900 };
  return vi.fn(async () => Response.json(body));
};

beforeEach(() => void vi.spyOn(process.stdout, "write").mockReturnValue(true));
afterEach(() => vi.unstubAllGlobals());

test("a fresh token is used as it is", async () => {
  const subject = session({ dashboard_access: token(600), dashboard_refresh: "fresh" });
  await subject.prepare();
  expect(subject.identity?.userId).toBe("user-1");
  expect(cookiesOf(subject)).toEqual([]);
});

test("a token near its end is renewed, once for requests at the same moment", async () => {
  const fetch = refreshed();
  vi.stubGlobal("fetch", fetch);
  const subjects = [1, 2].map(() => session({ dashboard_access: token(20), dashboard_refresh: "first" }));
  await Promise.all(subjects.map((subject) => subject.prepare()));
  expect(fetch).toHaveBeenCalledTimes(1);
  for (const subject of subjects) {
    expect(cookiesOf(subject)).toContain("dashboard_refresh=second; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
  }
});

test("a refused refresh token ends the login", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 401 }));
  const subject = session({ dashboard_refresh: "revoked" });
  await subject.prepare();
  expect(subject.identity).toBeNull();
  expect(cookiesOf(subject).join()).toContain("dashboard_refresh=; Path=/; Max-Age=0");
});

test("while back-auth is down nobody is logged out", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new Error("ECONNREFUSED")));
  const valid = session({ dashboard_access: token(30), dashboard_refresh: "keeps-valid" });
  await valid.prepare();
  expect(valid.identity).not.toBeNull();
  const expired = session({ dashboard_access: token(-5), dashboard_refresh: "keeps-expired" });
  await expired.prepare();
  expect(expired.uncertain).toBe(true);
  expect([...cookiesOf(valid), ...cookiesOf(expired)]).toEqual([]);
});

test("leaving leads to the login page and back", () => {
  const subject = session({ dashboard_access: token(600) });
  try {
    subject.leave();
  } catch (answer) {
    expect((answer as Response).headers.get("location")).toBe("/login?next=%2Fapp%2Fbilling");
  }
  expect(cookiesOf(subject).join()).toContain("dashboard_access=; Path=/; Max-Age=0");
});

test("cookies are Secure behind https", () => {
  const subject = session({}, "https://dashboard.example/");
  subject.signIn({ access_token: "a", refresh_token: "r", token_type: "Bearer", expires_in: 900 });
  for (const cookie of cookiesOf(subject)) expect(cookie).toMatch(/; Secure$/);
});
