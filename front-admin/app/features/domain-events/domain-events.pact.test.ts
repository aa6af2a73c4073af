/** What the event monitor needs of back-api. */
import { consumer, exampleOf, refusal } from "../../../../tests/pacts/consumer.ts";
import { eachLike, id, integer, like, moment, oneOf, text } from "../../../../tests/pacts/shapes.ts";
import {
  changeDeadLetters,
  discardLetter,
  listDeadLetters,
  listRecent,
  readEvent,
  readLetter,
  readStreams,
  replayFrom,
  replayLetter,
} from "./domain-events.server.ts";

const needs = consumer("front-admin", "back-api");
const none = like([]);
const event = {
  id,
  type: text("user.registered"),
  version: integer(1),
  aggregate_id: id,
  occurred_at: moment,
  correlation_id: id,
  data: like({}),
};
const letter = {
  id: text("1764000000000-0"),
  kind: oneOf("dead", "aside", "waiting", "unsent"),
  stream: text("events:user"),
  entry_id: text("1764000000000-0"),
  group: text("mail"),
  error: text("ValueError: no name"),
  buried_at: moment,
  deliveries: integer(5),
  event,
  text: text("{}"),
};
const stream = exampleOf("stream");
const entry_id = exampleOf("entry_id");
const letter_id = exampleOf("letter_id");

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

needs("one event with its letters", {
  given: "an administrator, and an event that is a dead letter",
  ask: "GET /api/events/streams/{stream}/{entry_id}",
  answer: {
    status: 200,
    body: { stream: text("events:user"), entry_id: text("1764000000000-0"), event, dead_letters: eachLike(letter) },
  },
  by: (session) => readEvent(session, stream, entry_id),
});

needs("one dead letter", {
  given: "an administrator, and an event that is a dead letter",
  ask: "GET /api/events/dead-letters/{letter_id}",
  query: { kind: "dead" },
  answer: { status: 200, body: letter },
  by: (session) => readLetter(session, letter_id, "dead"),
});

needs("a dead letter that is gone", {
  given: "an administrator",
  ask: "GET /api/events/dead-letters/{letter_id}",
  query: { kind: "dead" },
  answer: refusal(404),
  by: (session) => readLetter(session, letter_id, "dead"),
});

needs("a replay of a dead letter that is gone", {
  given: "an administrator",
  ask: "POST /api/events/dead-letters/{letter_id}/replay",
  query: { kind: "dead" },
  answer: refusal(404),
  by: (session) => replayLetter(session, letter_id, "dead"),
});

needs("discarding a dead letter that is gone", {
  given: "an administrator",
  ask: "DELETE /api/events/dead-letters/{letter_id}",
  query: { kind: "dead" },
  answer: refusal(404),
  by: (session) => discardLetter(session, letter_id, "dead"),
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
