// @vitest-environment node
/** What happens to a request before its page runs: where it is, whether its form is ours, and whose login it has. */
import { RouterContextProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readRoot } from "../root/loader.server.ts";
import { withBoundedBody } from "../server/body-limit.ts";
import { acceptCorrelationId } from "../server/correlation.ts";
import { routeOf } from "../server/route-names.ts";
import { settings } from "../server/settings.ts";
import { frontMiddleware, requireLogin, sessionOf } from "./middleware.server.ts";

const NAMES = {
  access: "dashboard_access",
  refresh: "dashboard_refresh",
  device: "dashboard_device",
  flash: "dashboard_flash",
};
const HERE = "http://localhost:8000";

function token(secondsLeft: number): string {
  const claims = { sub: "user-1", sid: "s", role: "user", permissions: [], exp: Date.now() / 1_000 + secondsLeft };
  return `head.${btoa(JSON.stringify(claims))}.signature`;
}

type Step = ReturnType<typeof frontMiddleware>[number];

/** What the middleware answers, or what it throws; `page` runs last. */
async function visit(
  request: Request,
  { context = new RouterContextProvider(), page = () => {}, more = [] as Step[] } = {},
): Promise<Response> {
  const steps = [...frontMiddleware(NAMES, "publicUrl"), ...more];
  const url = new URL(request.url);
  const run = async (at: number): Promise<Response> => {
    const step = steps[at];
    if (!step) {
      page();
      return new Response("page");
    }
    const given = { request, context, url, params: {}, pattern: "/app/:id" } as unknown as Parameters<Step>[0];
    const answer = await step(given, () => run(at + 1));
    return answer as Response;
  };
  return run(0);
}

const form = (origin: string | null, method = "POST") =>
  new Request(`${HERE}/app`, { method, headers: origin ? { origin } : {} });

beforeEach(() => void vi.spyOn(process.stdout, "write").mockReturnValue(true));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  settings().publicUrl = HERE;
});

test.each(["GET", "HEAD"])("a %s needs no origin", async (method) => {
  expect(await (await visit(form(null, method))).text()).toBe("page");
});

test("a form of our own page changes something", async () => {
  expect((await visit(form(HERE))).status).toBe(200);
});

test.each([
  ["another site", "https://evil.example"],
  ["another port", "http://localhost:8001"],
  ["nobody", null],
  ["a sandboxed page", "null"],
])("a form of %s is refused before the page runs", async (_, origin) => {
  const page = vi.fn();
  const answer = await visit(form(origin), { page });
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({ status: 400, detail: expect.stringContaining("not sent from") });
  expect(page).not.toHaveBeenCalled();
});

test.each(["PUT", "DELETE", "PATCH"])("a %s of another site is refused too", async (method) => {
  expect((await visit(form("https://evil.example", method))).status).toBe(400);
});

test("behind TLS the public address counts, whatever the request says", async () => {
  settings().publicUrl = "https://dashboard.example";
  const request = new Request("https://inside:4101/app", {
    method: "POST",
    headers: { origin: "https://dashboard.example" },
  });
  expect((await visit(request)).status).toBe(200);
  expect((await visit(form(HERE))).status).toBe(400);
});

test.each(["GET", "HEAD"])("a %s around the proxy that ends TLS is sent to the public address", async (method) => {
  settings().publicUrl = "https://dashboard.example";
  const thrown = await visit(new Request(`${HERE}/app/billing?a=1`, { method })).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Response);
  expect((thrown as Response).status).toBe(308);
  expect((thrown as Response).headers.get("location")).toBe("https://dashboard.example/app/billing?a=1");
});

test("behind TLS itself nobody is sent anywhere", async () => {
  settings().publicUrl = "https://dashboard.example";
  expect((await visit(new Request("https://dashboard.example/app"))).status).toBe(200);
});

test("a body above its limit is a page that says so", async () => {
  const context = new RouterContextProvider();
  const large = new Request(`${HERE}/app`, { method: "POST", headers: { origin: HERE }, body: "a".repeat(70_000) });
  const request = await withBoundedBody(large, context, {});
  await expect(visit(request, { context })).rejects.toMatchObject({ init: { status: 413 } });
});

test("the route's template is noted for the metrics under the request's correlation id", async () => {
  const id = acceptCorrelationId("request-1");
  await visit(new Request(`${HERE}/app/7`, { headers: { "x-correlation-id": id } }));
  expect(routeOf(id)).toBe("/app/:id");
  expect(routeOf(id)).toBe("unmatched");
});

test("a login that is nearly over is renewed before the page runs, and the answer carries the new cookies", async () => {
  const pair = { access_token: token(900), refresh_token: "second", token_type: "Bearer", expires_in: 900 };
  vi.stubGlobal("fetch", async () => Response.json(pair));
  const context = new RouterContextProvider();
  const cookie = `dashboard_access=${token(30)}; dashboard_refresh=renewed-before-the-page`;
  let seen: string | null = "";
  const page = () => {
    seen = sessionOf(context).accessToken;
  };
  const answer = await visit(new Request(`${HERE}/app`, { headers: { cookie } }), { context, page });
  expect(seen).toBe(pair.access_token);
  expect(answer.headers.getSetCookie()).toHaveLength(2);
});

test("who is not logged in is led to the login page and back", async () => {
  const thrown = await visit(new Request(`${HERE}/app/billing`), { more: [requireLogin] }).catch((e: unknown) => e);
  expect((thrown as Response).status).toBe(302);
  expect((thrown as Response).headers.get("location")).toBe("/login?next=%2Fapp%2Fbilling");
});

test("who is logged in gets the page", async () => {
  const cookie = `dashboard_access=${token(600)}`;
  const answer = await visit(new Request(`${HERE}/app`, { headers: { cookie } }), { more: [requireLogin] });
  expect(await answer.text()).toBe("page");
});

test.each([429, 500, 503])("while back-auth answers %i nobody is logged out", async (status) => {
  const problem = new Response(JSON.stringify({ type: "urn:x", title: "No", status }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
  vi.stubGlobal("fetch", async () => problem);
  const cookie = `dashboard_access=${token(-1)}; dashboard_refresh=uncertain-${status}`;
  const context = new RouterContextProvider();
  const request = new Request(`${HERE}/app`, { headers: { cookie } });
  await expect(visit(request, { context, more: [requireLogin] })).rejects.toMatchObject({ init: { status: 503 } });
  const answer = new Response();
  sessionOf(context).finish(answer);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test.each([
  [
    "somebody",
    { cookie: `dashboard_access=${token(600)}; dashboard_theme=dark` },
    { theme: "dark", loggedIn: true, flash: null },
  ],
  ["nobody", {}, { theme: "system", loggedIn: false, publicUrl: HERE, flash: null }],
])("each page knows the theme, and whether %s is logged in", async (_, headers, expected) => {
  const context = new RouterContextProvider();
  const request = new Request(`${HERE}/`, { headers: headers as Record<string, string> });
  await visit(request, { context });
  const url = new URL(request.url);
  const root = readRoot("public")({ context, request, url } as unknown as Parameters<ReturnType<typeof readRoot>>[0]);
  expect(root).toMatchObject(expected);
});
