/** What the announcements need of back-api. */
import { expect } from "vitest";
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { id, integer, moment, oneOf, text } from "../../../../tests/pacts/shapes.ts";
import { announce, countRecipients, listAnnouncements, readAnnouncement } from "./announcements.server.ts";
import type { Draft } from "./draft.ts";

const needs = consumer("front-admin", "back-api");
const given = "an administrator, and two persons";
const draft: Draft = { title: "Hello", body: "News.", link: null, audience: { roles: ["user"] } };
const KEY = "01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d60";

needs("the announcements, without the permission", {
  given: "a person",
  ask: "GET /api/announcements",
  query: { limit: "10" },
  answer: refusal(403),
  by: (session) => listAnnouncements(session, { limit: 10, cursor: null }),
});

needs("how many an announcement would reach", {
  given,
  ask: "POST /api/announcements/audience",
  json: { audience: { roles: ["user"] } },
  answer: { status: 200, body: { recipients: integer(2) } },
  by: (session) => countRecipients(session, { roles: ["user"] }),
  gives: async (result) => expect(await result).toBe(2),
});

needs("one announcement", {
  given: "an administrator, and an announcement",
  ask: "GET /api/announcements/{announcement_id}",
  answer: {
    status: 200,
    body: { id, title: text("New plans"), recipients: integer(2), delivered: integer(0), created_by: id },
  },
  by: (session) => readAnnouncement(session, exampleOf("announcement_id")),
});

needs("an announcement", {
  given,
  ask: "POST /api/announcements",
  headers: { "idempotency-key": KEY },
  json: { title: "Hello", body: "News.", link: null, audience: { roles: ["user"] } },
  answer: {
    status: 202,
    body: {
      id,
      title: text("Hello"),
      body: text("News."),
      state: oneOf("pending", "running", "succeeded", "failed"),
      recipients: integer(2),
      delivered: integer(0),
      created_at: moment,
    },
  },
  by: (session) => announce(session, draft, KEY),
});
