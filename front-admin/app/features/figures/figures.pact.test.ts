/** What the overview needs of back-api. */
import { consumer, refusal } from "../../../../tests/pacts/consumer.ts";
import { boolean, day, eachLike, integer, like, moment, oneOf, text } from "../../../../tests/pacts/shapes.ts";
import { listServices, readFigures } from "./figures.server.ts";

const needs = consumer("front-admin", "back-api");
const daily = { total: integer(1), before: integer(0), days: eachLike({ day, count: integer(1) }) };
const counts = { requests: integer(1), failed: integer(0), p95_ms: like(3.5) };
const money = { currency: text("EUR"), amount_minor: integer(2_400) };
const figures = {
  sign_ups: daily,
  active_people: daily,
  revenue: {
    totals: eachLike({ ...money, before_minor: integer(0) }),
    months: eachLike({ ...money, month: text("2026-11") }),
  },
  requests: {
    ...counts,
    hours: eachLike({ ...counts, at: moment, capped: boolean(false) }),
    routes: eachLike({ ...counts, name: text("GET /"), service: text("front-public") }),
  },
  backlog: {
    outbox: integer(1),
    unsent: integer(0),
    streams: integer(0),
    dead_letters: integer(0),
    waiting: integer(0),
  },
};

needs("the figures of a week", {
  given: "an administrator, and a day of figures",
  ask: "GET /api/figures",
  query: { period: "7d" },
  answer: { status: 200, body: figures },
  by: (session) => readFigures(session, "7d"),
});

needs("figures, without the permission", {
  given: "a person",
  ask: "GET /api/figures",
  query: { period: "30d" },
  answer: refusal(403),
  by: (session) => readFigures(session, "30d"),
});

needs("the services", {
  given: "an administrator",
  ask: "GET /api/figures/services",
  answer: {
    status: 200,
    body: {
      items: eachLike({
        name: text("back-api"),
        does: text("business rules"),
        calls: like([]),
        condition: oneOf("up", "down", "unknown"),
      }),
    },
  },
  by: (session) => listServices(session),
});
