/** What the audit log needs of back-api. */
import { consumer, refusal } from "../../../../tests/pacts/consumer.ts";
import { eachKeyLike, id, like, moment, page, text } from "../../../../tests/pacts/shapes.ts";
import { listAudit } from "./audit.server.ts";

const needs = consumer("front-admin", "back-api");
const subject = { subject_type: text("profile"), subject_id: id };
/** Addresses by id. */
const people = eachKeyLike("01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5f", text("ann@example.com"));
const entry = { id, at: moment, action: text("profile.updated"), actor: id, correlation_id: id, details: like({}) };

needs("a page of the audit log", {
  given: "an administrator, and two entries of the audit log",
  ask: "GET /api/audit",
  query: { limit: "1" },
  answer: { status: 200, body: { ...page({ ...entry, ...subject }), people } },
  by: (session) => listAudit(session, { limit: 1 }),
});

needs("the audit log, without the permission", {
  given: "a person",
  ask: "GET /api/audit",
  query: { limit: "1" },
  answer: refusal(403),
  by: (session) => listAudit(session, { limit: 1 }),
});

needs("the audit log of a month that ends before it begins", {
  given: "an administrator",
  ask: "GET /api/audit",
  query: { from: "2026-11-02T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z", limit: "1" },
  answer: refusal(422),
  by: (session) => listAudit(session, { from: "2026-11-02T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z", limit: 1 }),
});
