// @vitest-environment node
/** The actions of the forms of the event monitor, and the calls of its pages. */
import type { DeadLetter } from "@dashboard/front/api/types.ts";
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { changeLetter, changeSeveral, letterKind, replay } from "./actions.server.ts";
import { formatAge, isLong } from "./age.ts";
import { listDeadLetters, listRecent, readEvent, readLetter, readStreams } from "./domain-events.server.ts";
import { isLetterKind, originPath } from "./places.ts";

const page = () => new URL("http://localhost:8000/events?kind=waiting");
afterEach(() => vi.unstubAllGlobals());

test.each(["aside", "unsent", "waiting", "dead"])("a letter of the kind %s is one", (kind) =>
  expect(letterKind(kind)).toBe(kind),
);

test("any other kind is that of the dead letters", () => {
  expect([letterKind(null), letterKind("nonsense")]).toEqual(["dead", "dead"]);
});

test.each([
  ["discard", "DELETE /api/events/dead-letters/a%2F1?kind=waiting", "Event discarded."],
  ["replay-letter", "POST /api/events/dead-letters/a%2F1/replay?kind=waiting", "Event replayed."],
] as const)("%s is asked for by id and kind, and leads to the list", async (intent, call, message) => {
  const { session, asked, messages } = asking();
  const letter = { id: "a/1", kind: "waiting" } as const;
  expect(await redirected(changeLetter(session, intent, letter))).toBe("/events?kind=waiting");
  expect(messages()).toEqual([message]);
  expect(asked.map((each) => each.call)).toEqual([call]);
});

test("the letters that were chosen are changed at once, and how many is said", async () => {
  const { session, asked, messages } = asking({ changed: 2, missing: 1 }, { problem: 422 });
  const sent = form({ intent: "discard-letters", id: ["1", "2", "3"], kind: "waiting" });
  expect(await redirected(changeSeveral(session, sent, page()))).toBe("/events?kind=waiting");
  expect(messages()).toEqual(["2 events discarded."]);
  const changes = { change: "discard", kind: "waiting", ids: ["1", "2", "3"] };
  expect(asked[0]).toMatchObject({ call: "POST /api/events/dead-letters/changes", json: changes });
  const none = await changeSeveral(session, form({ intent: "replay-letters" }), page());
  expect(none).toMatchObject({ init: { status: 422 }, data: { intent: "replay-letters" } });
});

test("a refused dead letter is shown with what was expected", async () => {
  const { session } = asking({ problem: 404 });
  const refused = await changeLetter(session, "discard", { id: "a", kind: "dead" });
  expect(refused).toMatchObject({ init: { status: 404 }, data: { intent: "discard", problem: { status: 404 } } });
});

test("a replay names stream, group and beginning, and says how many entries come again", async () => {
  const { session, asked, messages } = asking({ entries: 12 }, { problem: 422 });
  const sent = form({ reader: "events:user mail", from_id: " 1-0 " });
  expect(await redirected(replay(session, sent, page()))).toBe("/events?kind=waiting");
  expect(messages()).toEqual(["12 events replayed."]);
  const expected = { stream: "events:user", group: "mail", from_id: "1-0" };
  expect(asked[0]).toMatchObject({ call: "POST /api/events/replays", json: expected });
  expect(await replay(session, sent, page())).toMatchObject({ init: { status: 422 }, data: { replay: expected } });
});

test("streams, events and dead letters are read, by the page and one by one", async () => {
  const { session, asked } = asking({}, { items: ["one"] }, {});
  await readStreams(session);
  expect(await listRecent(session, { stream: null, limit: 5 })).toEqual(["one"]);
  await listDeadLetters(session, { kind: "dead", limit: 5, cursor: null });
  await readEvent(session, "events:user", "1-0");
  await readLetter(session, "1-0", "aside");
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/events/streams",
    "GET /api/events/recent?limit=5",
    "GET /api/events/dead-letters?kind=dead&limit=5",
    "GET /api/events/streams/events%3Auser/1-0",
    "GET /api/events/dead-letters/1-0?kind=aside",
  ]);
});

test.each([
  [null, "–"],
  [undefined, "–"],
  [0, "0 s"],
  [99.4, "99 s"],
  [100, "2 min"],
  [5_999, "100 min"],
  [6_000, "2 h"],
  [172_799, "48 h"],
  [172_800, "2 d"],
])("%s seconds are %s", (seconds, shown) => expect(formatAge(seconds)).toBe(shown));

test("more than half a minute is long", () => {
  expect([null, undefined, 30, 30.1].map(isLong)).toEqual([false, false, false, true]);
});

test.each([
  ["nonsense", false],
  ["toString", false],
  [null, false],
  ["unsent", true],
])("%s is a kind of letters: %s", (kind, is) => expect(isLetterKind(kind)).toBe(is));

test.each([
  ["events:user", "1-0", "/events/user/1-0"],
  ["events:replay:mail", "1-0", null],
  ["events:user", "", null],
])("a letter of %s at “%s” came from %s", (stream, entry_id, to) => {
  expect(originPath({ stream, entry_id } as DeadLetter)).toBe(to);
});
