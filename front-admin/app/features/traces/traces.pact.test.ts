/** What the traces need of back-api. */
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { boolean, eachLike, id, integer, like, moment, text } from "../../../../tests/pacts/shapes.ts";
import { listTraces, readTrace } from "./traces.server.ts";

const needs = consumer("front-admin", "back-api");
const same = { service: text("back-api"), name: text("GET /"), started_at: moment, duration_ms: like(3.5) };
const summary = { ...same, correlation_id: id, trace_id: text("1"), spans: integer(1), failed: boolean(false) };
const span = { ...same, id: text("1"), parent_id: text(""), kind: text("server"), failed: boolean(false) };
const line = { at: moment, service: text("back-api"), level: text("info"), event: text("request"), fields: like({}) };
const one = { limit: 1 };

needs("recent requests", {
  given: "an administrator, and a trace",
  ask: "GET /api/traces",
  query: { limit: "1" },
  answer: { status: 200, body: { items: eachLike(summary) } },
  by: (session) => listTraces(session, one),
});

needs("requests by what they were, without noise", {
  given: "an administrator, and a trace",
  ask: "GET /api/traces",
  query: { name: "get", service: "back-api", noise: "false", limit: "1" },
  answer: { status: 200, body: { items: like([]) } },
  by: (session) => listTraces(session, { name: "get", service: "back-api", noise: "false", limit: 1 }),
});

needs("recent requests, without the permission", {
  given: "a person",
  ask: "GET /api/traces",
  query: { limit: "1" },
  answer: refusal(403),
  by: (session) => listTraces(session, one),
});

needs("a trace", {
  given: "an administrator, and a trace",
  ask: "GET /api/traces/{correlation_id}",
  answer: {
    status: 200,
    body: { correlation_id: id, spans: eachLike({ ...span, attributes: like({}) }), logs: eachLike(line) },
  },
  by: (session) => readTrace(session, exampleOf("correlation_id")),
});

needs("a trace of nothing", {
  given: "an administrator",
  ask: "GET /api/traces/{correlation_id}",
  answer: refusal(404),
  by: (session) => readTrace(session, exampleOf("correlation_id")),
});
