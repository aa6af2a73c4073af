// @vitest-environment node
/** What one page leaves for the next to say: shown once, to whom it is meant for, and never made up. */
import { expect, test, vi } from "vitest";
import { readRoot } from "../root/loader.server.ts";
import { UserSession } from "../session/session.server.ts";
import { redirectWithFlash } from "./flash.server.ts";

const NAMES = { access: "a", refresh: "r", device: "d", flash: "f" };
const INFO = { correlationId: "correlation-1", nonce: "n", clientAddress: "", userAgent: "" };
const readPublicRoot = readRoot("public");
const HERE = "http://localhost:8000/app/billing";

const access = (sid: string) =>
  `head.${btoa(JSON.stringify({ sub: "u1", sid, role: "user", permissions: [], exp: 4_000_000_000 }))}.signature`;

interface Visit {
  cookie?: string;
  sid?: string;
  path?: string;
  headers?: Record<string, string>;
  names?: typeof NAMES;
}

/** A request with the flash cookie `cookie`: what its page says, and the cookies that it writes. */
function visit({ cookie = "", sid = "s1", path = "/app/billing", headers = {}, names = NAMES }: Visit) {
  const request = new Request(HERE, { headers });
  const login = sid ? [`${names.access}=${access(sid)}`] : [];
  request.headers.set("cookie", [...login, ...(cookie ? [`${names.flash}=${cookie}`] : [])].join("; "));
  const session = new UserSession(request, new URL(HERE), names, INFO);
  const url = new URL(path, HERE);
  const context = { get: () => session };
  const { flash } = readPublicRoot({ context, request, url } as unknown as Parameters<typeof readPublicRoot>[0]);
  return { session, says: flash?.message ?? null, writes: cookiesOf(session) };
}

function cookiesOf(session: UserSession): string[] {
  const response = new Response();
  session.finish(response);
  return response.headers.getSetCookie();
}

/** The cookie that an action leaves. */
function left(message = "Plan updated.", sid = "s1", path = "/app/billing?cursor=c#plans"): string {
  const { session } = visit({ sid });
  const answer = redirectWithFlash(session, path, message);
  expect(answer.headers.get("location")).toBe(path);
  return /^f=([^;]*)/.exec(cookiesOf(session)[0] ?? "")?.[1] ?? "";
}

const GONE = ["f=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"];

test("the page after the form says it, and takes it away with it", () => {
  expect(visit({ cookie: left() })).toMatchObject({ says: "Plan updated.", writes: GONE });
  expect(visit({})).toMatchObject({ says: null, writes: [] });
});

test("the cookie is for one minute, removable by its page, and small whatever is said", () => {
  const { session } = visit({});
  redirectWithFlash(session, "/app/billing", "€".repeat(10_000));
  const [cookie = ""] = cookiesOf(session);
  expect(cookie).toContain("Max-Age=60; SameSite=Lax");
  expect(cookie.length).toBeLessThan(2_000);
});

test("what scripts read may be thrown away: the cookie stays until the page shows it", () => {
  const read = visit({ cookie: left(), headers: { "sec-fetch-dest": "empty" } });
  expect(read).toMatchObject({ says: "Plan updated.", writes: [] });
});

test("another page, and one that is fetched before anybody goes there, leave it alone", () => {
  const cookie = left();
  expect(visit({ cookie, path: "/app" })).toMatchObject({ says: null, writes: [] });
  expect(visit({ cookie, headers: { "sec-purpose": "prefetch" } })).toMatchObject({ says: null, writes: [] });
});

test.each([
  ["another login", { sid: "s2" }],
  ["a visitor", { sid: "" }],
  ["the other front", { names: { ...NAMES, flash: "admin" } }],
])("%s is not told, and it is gone", (_, by) => {
  const seen = visit({ cookie: left(), ...by });
  expect(seen.says).toBeNull();
  expect(seen.writes).toHaveLength(1);
});

test("who has just logged out is told so", () => {
  expect(visit({ cookie: left("You are logged out.", ""), sid: "" }).says).toBe("You are logged out.");
});

test("after its minute nobody is told", () => {
  const cookie = left();
  vi.useFakeTimers({ now: Date.now() + 61_000 });
  expect(visit({ cookie })).toMatchObject({ says: null, writes: GONE });
  vi.useRealTimers();
});

test("what was made up or changed is not said", () => {
  const [payload = "", signature = ""] = left().split(".");
  const kept = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...kept, message: "Call us at 555." })).toString("base64url");
  const made = [`${changed}.${signature}`, `${changed}.`, changed, `.${signature}`, "x", "..", `${payload}.AAAA`];
  for (const cookie of made) expect(visit({ cookie }), cookie).toMatchObject({ says: null, writes: GONE });
});
