/** What the sessions of the settings page need of back-auth. */
import { expect } from "vitest";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { boolean, eachLike, id, moment, oneOf, page, text } from "../../../../tests/pacts/shapes.ts";
import { listLoginEvents, listSessions, revokeSession } from "./sessions.server.ts";

const needs = consumer("front-public", "back-auth");
const ID = exampleOf("session_id");
const device = { ip: text("203.0.113.9"), user_agent: text("Test/1") };
const session = { id, last_used_at: moment, current: boolean(true), ...device };
const event = { id, outcome: oneOf("succeeded", "failed", "locked"), occurred_at: moment, ...device };

needs("where one is logged in", {
  given: "a person who is logged in",
  ask: "GET /api/auth/sessions",
  answer: { status: 200, body: { items: eachLike(session) } },
  by: listSessions,
  gives: async (result) => expect(await result).toMatchObject([{ current: true }]),
});

needs("ending a session", {
  given: "a person who is logged in",
  ask: "DELETE /api/auth/sessions/{session_id}",
  answer: { status: 204 },
  by: (session) => revokeSession(session, ID),
});

needs("ending a session that is not there", {
  given: "a person who is logged in, and the session of somebody else",
  ask: "DELETE /api/auth/sessions/{session_id}",
  answer: refusal(404),
  by: (session) => revokeSession(session, ID),
});

needs("a page of sign-ins", {
  given: "a person with two sign-ins",
  ask: "GET /api/auth/login-events",
  query: { limit: "1" },
  answer: { status: 200, body: page(event) },
  by: (session) => listLoginEvents(session, { limit: 1, cursor: null }),
});
