/** What the event monitor needs of back-api; the provider has seen no event yet. */
import { consumer, refusal } from "../../../../tests/pacts/consumer.ts";
import { integer, like } from "../../../../tests/pacts/shapes.ts";
import { changeDeadLetters, listDeadLetters, listRecent, readStreams, replayFrom } from "./domain-events.server.ts";

const needs = consumer("front-admin", "back-api");
const none = like([]);

needs("how the streams stand", {
  given: "an administrator",
  ask: "GET /api/events/streams",
  answer: {
    status: 200,
    body: {
      streams: none,
      outbox: { pending: integer(0) },
      dead_letters: integer(0),
      aside: integer(0),
    },
  },
  by: readStreams,
});

needs("how the streams stand, without the permission", {
  given: "a person",
  ask: "GET /api/events/streams",
  answer: refusal(403),
  by: readStreams,
});

needs("the newest events", {
  given: "an administrator",
  ask: "GET /api/events/recent",
  query: { limit: "20" },
  answer: { status: 200, body: { items: none } },
  by: async (session) => ({ items: await listRecent(session, { stream: null, limit: 20 }) }),
});

needs("dead letters", {
  given: "an administrator",
  ask: "GET /api/events/dead-letters",
  query: { kind: "dead", limit: "20" },
  answer: { status: 200, body: { items: none } },
  by: (session) => listDeadLetters(session, { kind: "dead", limit: 20, cursor: null }),
});

needs("changes of letters that are gone", {
  given: "an administrator",
  ask: "POST /api/events/dead-letters/changes",
  headers: { "Content-Type": "application/json" },
  json: { change: "discard", kind: "dead", ids: ["1700000000000-0"] },
  answer: { status: 200, body: { changed: integer(0), missing: integer(1) } },
  by: (session) => changeDeadLetters(session, { change: "discard", kind: "dead", ids: ["1700000000000-0"] }),
});

needs("a replay for a group that is not there", {
  given: "an administrator",
  ask: "POST /api/events/replays",
  headers: { "Content-Type": "application/json" },
  json: { group: "nobody", stream: "events:user", from_id: "0-0" },
  answer: refusal(404),
  by: (session) => replayFrom(session, { group: "nobody", stream: "events:user", from_id: "0-0" }),
});
