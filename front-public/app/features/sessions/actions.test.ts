// @vitest-environment node
/** What is asked of back-auth about sessions, and of others about registering and proving an address. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { readMe } from "../account/account.server.ts";
import { confirmEmail, requestLink } from "../email-verification/email-verification.server.ts";
import { register } from "../user-registration/user-registration.server.ts";
import { endSession } from "./actions.server.ts";
import { listLoginEvents, listSessions } from "./sessions.server.ts";

afterEach(() => vi.unstubAllGlobals());

test("a session that is ended leads back to the settings; a refusal is shown", async () => {
  const { session, asked, messages } = asking({}, { problem: 404 });
  expect(await redirected(endSession(session, form({ id: "s/1" })))).toBe("/app/settings");
  expect(messages()).toEqual(["Device logged out."]);
  expect(asked[0]?.call).toBe("DELETE /api/auth/sessions/s%2F1");
  expect(await endSession(session, form({ id: "s/1" }))).toMatchObject({ init: { status: 404 } });
});

test("sessions, sign-ins and oneself are read", async () => {
  const { session, asked } = asking({ items: ["one"] }, {}, { user: { id: "u1" } });
  expect(await listSessions(session)).toEqual(["one"]);
  await listLoginEvents(session, { limit: 5, cursor: null });
  expect(await readMe(session)).toEqual({ id: "u1" });
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/auth/sessions",
    "GET /api/auth/login-events?limit=5",
    "GET /api/me",
  ]);
});

test("registering and a mailed link are asked for on nobody's behalf, a new link on one's own", async () => {
  const { session, asked } = asking({ email: "a@example.com" }, {}, { problem: 429 });
  expect(await register(session, { email: "a@example.com", password: "p" })).toMatchObject({ ok: true });
  expect(await confirmEmail(session, "token-1")).toMatchObject({ ok: true });
  expect(await requestLink(session)).toMatchObject({ ok: false, problem: { status: 429 } });
  expect(asked.map(({ call, json }) => [call, json])).toEqual([
    ["POST /api/user-registration", { email: "a@example.com", password: "p" }],
    ["POST /api/auth/email/verification/confirm", { token: "token-1" }],
    ["POST /api/auth/email/verification", undefined],
  ]);
  expect(asked.map(({ headers }) => headers.has("authorization"))).toEqual([false, false, true]);
});
