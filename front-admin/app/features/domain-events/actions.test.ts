// @vitest-environment node
/** What the forms of the event monitor do, and what the pages about billing, users, traces and the audit log ask. */
import { asking, form, redirected } from "@dashboard/front/tests/asking.ts";
import { afterEach, expect, test, vi } from "vitest";
import { listAudit } from "../audit/audit.server.ts";
import { listRuns, readTask, startRun } from "../billing/billing.server.ts";
import { listTraces, readTrace } from "../traces/traces.server.ts";
import { listUsers, whoIsOnline } from "../user-administration/user-administration.server.ts";
import { changeLetter, letterKind, replay } from "./actions.server.ts";
import { formatAge, isLong } from "./age.ts";
import { listDeadLetters, listRecent, readStreams } from "./domain-events.server.ts";

const page = () => new URL("http://localhost:8000/events?kind=waiting");
afterEach(() => vi.unstubAllGlobals());

test.each(["aside", "unsent", "waiting", "dead"])("a letter of the kind %s is one", (kind) =>
  expect(letterKind(kind)).toBe(kind),
);

test("any other kind is that of the dead letters", () => {
  expect([letterKind(null), letterKind("nonsense")]).toEqual(["dead", "dead"]);
});

test.each([
  ["discard", "DELETE /api/events/dead-letters/a%2F1?kind=waiting", "discarded"],
  ["replay", "POST /api/events/dead-letters/a%2F1/replay?kind=waiting", "replayed"],
])("%s is asked for by id and kind, and leads back to the same list", async (intent, call, done) => {
  const { session, asked } = asking();
  const sent = form({ intent, id: "a/1", kind: "waiting" });
  expect(await redirected(changeLetter(session, sent, page()))).toBe(`/events?kind=waiting&done=${done}`);
  expect(asked.map((each) => each.call)).toEqual([call]);
});

test("a refused letter is told with what was expected", async () => {
  const { session } = asking({ problem: 404 });
  const refused = await changeLetter(session, form({ intent: "discard", id: "a" }), page());
  expect(refused).toMatchObject({ init: { status: 404 }, data: { intent: "discard", problem: { status: 404 } } });
});

test("a replay names stream, group and beginning, and says how many entries come again", async () => {
  const { session, asked } = asking({ entries: 12 }, { problem: 422 });
  const sent = form({ reader: "events:user mail", from_id: " 1-0 " });
  expect(await redirected(replay(session, sent, page()))).toBe("/events?kind=waiting&done=replay-started&entries=12");
  const expected = { stream: "events:user", group: "mail", from_id: "1-0" };
  expect(asked[0]).toMatchObject({ call: "POST /api/events/replays", json: expected });
  expect(await replay(session, sent, page())).toMatchObject({ init: { status: 422 }, data: { replay: expected } });
});

test("streams, events and dead letters are read", async () => {
  const { session, asked } = asking({}, { items: ["one"] }, {});
  await readStreams(session);
  expect(await listRecent(session, { stream: null, limit: 5 })).toEqual(["one"]);
  await listDeadLetters(session, { kind: "dead", limit: 5, cursor: null });
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/events/streams",
    "GET /api/events/recent?limit=5",
    "GET /api/events/dead-letters?kind=dead&limit=5",
  ]);
});

test("runs, tasks, traces, users and the audit log are asked for as their pages say", async () => {
  const { session, asked } = asking();
  await listRuns(session, { limit: 5 });
  await startRun(session, "2026-11", true);
  await readTask(session, "t/1");
  await listTraces(session, { failed: true, slowerThan: 500, limit: 5 });
  await listTraces(session, { failed: false, slowerThan: 0, limit: 5 });
  await readTrace(session, "c/1");
  await listUsers(session, { q: "ada", limit: 5 });
  await listAudit(session, { action: "login", limit: 5 });
  expect(asked.map(({ call }) => call)).toEqual([
    "GET /api/billing/runs?limit=5",
    "POST /api/billing/runs",
    "GET /api/tasks/t%2F1",
    "GET /api/traces?limit=5&failed=true&slower_than_ms=500",
    "GET /api/traces?limit=5",
    "GET /api/traces/c%2F1",
    "GET /api/users?q=ada&limit=5",
    "GET /api/audit?action=login&limit=5",
  ]);
  expect(asked[1]?.json).toEqual({ period: "2026-11", dry_run: true });
});

test("who is online is asked for all users of a page at once, and for nobody not at all", async () => {
  const { session, asked } = asking({ online: ["u1"] }, { problem: 404 }, {});
  const users = [{ id: "u1" }, { id: "u2" }] as Parameters<typeof whoIsOnline>[1];
  expect(await whoIsOnline(session, users)).toEqual(["u1"]);
  expect(asked[0]?.call).toBe("GET /api/presence?user_id=u1&user_id=u2");
  expect(await whoIsOnline(session, users)).toEqual([]);
  expect(await whoIsOnline(session, [])).toEqual([]);
  expect(asked).toHaveLength(2);
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
