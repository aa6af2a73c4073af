/** Pages of the administration with their loaders: what they ask, what they show, and what they say about what is away. */

import type { DeadLetter, EventStreams } from "@dashboard/front/api/types.ts";
import { form } from "@dashboard/front/tests/asking.ts";
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { shown } from "@dashboard/front/tests/shown.tsx";
import { ReferencePath } from "@dashboard/front/ui/reference.tsx";
import { afterEach, expect, test, vi } from "vitest";
import * as billing from "../features/billing/routes/index.tsx";
import { StartRun } from "../features/billing/ui/StartRun.tsx";
import { DeadLetters } from "../features/domain-events/ui/DeadLetters.tsx";
import { Overview } from "../features/domain-events/ui/Overview.tsx";
import { RecentEvents } from "../features/domain-events/ui/RecentEvents.tsx";
import ReplayForm from "../features/domain-events/ui/ReplayForm.tsx";
import Streams from "../features/domain-events/ui/Streams.tsx";

const REFUSED = { ok: false as const, problem: { type: "urn:x", title: "Unavailable", status: 503 } };
const NONE = { items: [], next_cursor: null };
const AT = "2026-11-23T10:00:00Z";
const GROUP = { name: "mail", consumers: 1, pending: 2, lag: 3, oldest_pending_seconds: 4 };
const STREAM = { name: "events:user", length: 1_200, last_at: AT, groups: [GROUP] };
const FIGURES = {
  outbox: { pending: 0, oldest_seconds: 0, dead: 0 },
  dead_letters: 0,
  aside: 0,
  waiting: 0,
  streams: [STREAM],
} as unknown as EventStreams;
const LETTER = { id: "l1", kind: "dead", stream: "events:user", entry_id: "1-0", group: "mail", error: "No.", buried_at: AT, deliveries: 5, text: "x" }; // biome-ignore format: one letter

afterEach(() => vi.unstubAllGlobals());

const figures = (changes: object) => shown(<Overview streams={{ ok: true, data: { ...FIGURES, ...changes } }} />);
const figure = (host: HTMLElement, at: number) => host.querySelectorAll("dl > div")[at] as HTMLElement;
const deadLetters = (changes: object, mayWrite = true) =>
  shown(
    <DeadLetters
      letters={{ ok: true, data: { items: [{ ...LETTER, ...changes } as unknown as DeadLetter], next_cursor: null } }}
      kind="dead"
      mayWrite={mayWrite}
    />,
  );

test("a billing run is previewed or started for its period", async () => {
  const { send, asked, here, messages } = await openPage(billing, "/billing", NONE, {}, NONE, { problem: 409 }, NONE);
  await send(form({ intent: "preview", period: "2026-11" }));
  expect(asked[1]).toMatchObject({ call: "POST /api/billing/runs", json: { period: "2026-11", dry_run: true } });
  expect(here()).toBe("/billing");
  expect(messages()).toEqual(["Run started. See progress below."]);
  const refused = await openPage(billing, "/billing", NONE, { problem: 409 }, NONE);
  await refused.send(form({ intent: "start", period: "2026-11" }));
  expect(refused.asked[1]?.json).toEqual({ period: "2026-11", dry_run: false });
  const other = await openPage(billing, "/billing", NONE);
  await other.send(form({ intent: "stop" }));
  expect(other.host.textContent).toBe("refused");
});

test("a run that is refused says why in the open dialog, with what was typed", () => {
  const problem = { type: "urn:x", title: "Conflict", status: 409, detail: "It runs already." };
  const host = shown(<StartRun thisMonth="2026-11" refused={{ problem, period: "2026-09" }} />);
  expect(host.querySelector("dialog[open] [role=alert]")?.textContent).toBe("It runs already.");
  expect(host.querySelector("[name=period]")?.getAttribute("value")).toBe("2026-09");
  const fresh = shown(<StartRun thisMonth="2026-11" refused={undefined} />);
  expect(fresh.querySelector("dialog")?.open).toBe(false);
  expect(fresh.querySelector("[name=period]")?.getAttribute("value")).toBe("2026-11");
});

test("while all is well the figures say so", () => {
  const host = figures({});
  expect(host.querySelectorAll("dl > div")).toHaveLength(4);
  expect(figure(host, 0).textContent).toBe("Unpublished0all published");
  expect(host.innerHTML).not.toContain("text-warn");
  expect(shown(<Overview streams={REFUSED} />).innerHTML).toBe("");
});

test.each([
  [{ outbox: { pending: 1_200, oldest_seconds: 40, dead: 0 } }, 0, "Unpublished1,200oldest: 40 s"],
  [{ outbox: { pending: 0, oldest_seconds: 0, dead: 7 } }, 0, "Unpublished07 could not be sent"],
  [{ dead_letters: 1 }, 1, "Dead letters1failed after all retries"],
  [{ waiting: 1 }, 2, "Waiting1for a service that is down"],
  [{ aside: 1 }, 3, "Parked1consumer too old or switched off"],
])("%j warns", (changes, at, words) => {
  const host = figures(changes);
  expect(figure(host, at).textContent).toBe(words);
  expect([0, 1, 2, 3].filter((each) => figure(host, each).innerHTML.includes("text-warn"))).toEqual([at]);
});

test.each([
  [899, false],
  [900, true],
])("of a thousand bytes %i used are nearly all: %s", (used_bytes, warns) => {
  const host = figures({ memory: { used_bytes, limit_bytes: 1_000 } });
  expect(host.textContent?.includes("The event store is 90 % full")).toBe(warns);
  expect(figures({ memory: { used_bytes, limit_bytes: 0 } }).textContent).not.toContain("event store");
});

test("a stream says how much it keeps and how far each group is", () => {
  const host = shown(<Streams streams={{ ok: true, data: FIGURES }} />);
  const cells = (of: HTMLElement) =>
    [...of.querySelectorAll("tbody :is(th, td)")].map(({ textContent }) => textContent);
  expect(cells(host).slice(0, -1)).toEqual(["user", "mail", "3", "2", "4 s", "1", "1,200"]);
  expect(host.querySelector("tbody a")?.getAttribute("href")).toBe("/?stream=events%3Auser#recent");
  const idle = { ...STREAM, last_at: null, groups: [{ ...GROUP, lag: null, pending: 0 }] };
  const quiet = shown(
    <Streams streams={{ ok: true, data: { ...FIGURES, streams: [idle] } as unknown as EventStreams }} />,
  );
  expect(cells(quiet)).toEqual(["user", "mail", "–", "0", "–", "1", "1,200", "–"]);
});

test.each([
  [{}, false],
  [{ oldest_pending_seconds: 31 }, true],
  [{ oldest_pending_seconds: 31, pending: 0 }, false],
  [{ consumers: 0 }, true],
])("a group with %j is late: %s", (changes, late) => {
  const streams = [{ ...STREAM, groups: [{ ...GROUP, ...changes }] }];
  const host = shown(<Streams streams={{ ok: true, data: { ...FIGURES, streams } as unknown as EventStreams }} />);
  expect(host.querySelectorAll(".streams")).toHaveLength(late ? 2 : 1);
  expect(host.textContent?.includes("Every group is up to date.")).toBe(!late);
});

test("a stream without readers, no streams, and streams that cannot be read say so", () => {
  const alone = { ...FIGURES, streams: [{ ...STREAM, groups: [] }] } as unknown as EventStreams;
  expect(shown(<Streams streams={{ ok: true, data: alone }} />).textContent).toContain("No consumers");
  const none = { ...FIGURES, streams: [] } as unknown as EventStreams;
  expect(shown(<Streams streams={{ ok: true, data: none }} />).textContent).toContain("No events yet.");
  expect(shown(<Streams streams={REFUSED} />).querySelector(".unavailable")).not.toBeNull();
});

test("several letters can be chosen, and each leads to its trace and its user", () => {
  const event = { id: "e1", type: "user.registered", correlation_id: "c1", user_id: "u1" };
  const items = ["l1", "l2"].map((id) => ({ ...LETTER, id, event }) as unknown as DeadLetter);
  const list = (mayWrite: boolean) =>
    shown(
      <ReferencePath value="/traces">
        <DeadLetters letters={{ ok: true, data: { items, next_cursor: null } }} kind="dead" mayWrite={mayWrite} />
      </ReferencePath>,
    );
  const boxes = [...list(true).querySelectorAll<HTMLInputElement>("[name=id][form]")];
  expect(boxes.map(({ value }) => value)).toEqual(["l1", "l2"]);
  expect(list(true).querySelector("[value=replay-letters]")).not.toBeNull();
  expect(list(false).querySelector("[name=id]")).toBeNull();
  const links = [...list(false).querySelectorAll("a")].map((link) => link.getAttribute("href"));
  expect(links).toEqual(expect.arrayContaining(["/traces/c1", "/users/u1"]));
});

test("a row says what, where, how often and why, and leads to its page; who may not write selects nothing", () => {
  const host = deadLetters({ event: { id: "e1", type: "user.registered" } });
  const cells = [...host.querySelectorAll("tbody :is(th, td)")].map(({ textContent }) => textContent);
  expect(cells.slice(1, 2)).toEqual(["user.registered"]);
  expect(cells.slice(3, 7)).toEqual(["user", "mail", "No.", "5"]);
  expect(host.querySelector("tbody a")?.getAttribute("href")).toBe("/events/letters/dead/l1");
  expect(host.querySelector("[name=id][form]")).not.toBeNull();
  expect(deadLetters({}, false).querySelector("form, [name=id]")).toBeNull();
});

test("a letter that is no event, that no group had, or that waits, says so", () => {
  const bare = deadLetters({ group: "", deliveries: 0 });
  expect(bare.querySelector("tbody th")?.textContent).toBe("Not an event");
  expect(bare.querySelector("tbody [data-label=Group]")?.textContent).toBe("–");
  expect(deadLetters({ kind: "waiting" }).querySelector("tbody [data-label=Tries]")?.textContent).toBe("–");
});

test.each([
  ["dead", "No dead letters."],
  ["waiting", "No consumer is waiting for a service."],
] as const)("no letters of the kind %s are told as none", (kind, words) => {
  const none = { ok: true as const, data: { items: [], next_cursor: null } };
  expect(shown(<DeadLetters letters={none} kind={kind} mayWrite />).textContent).toContain(words);
  expect(shown(<DeadLetters letters={REFUSED} kind={kind} mayWrite />).querySelector(".unavailable")).not.toBeNull();
});

test("recent events are listed by stream, and an empty list says so", () => {
  const event = { id: "e1", type: "user.registered", version: 2, occurred_at: AT, data: {} };
  const entry = { stream: "events:user", entry_id: "1-0", event };
  const some = shown(
    <RecentEvents recent={{ ok: true, data: [entry as never] }} stream={null} names={["events:user"]} />,
  );
  expect(some.querySelector(".events tbody a")?.getAttribute("href")).toBe("/events/user/1-0");
  expect(some.querySelector("[data-label=Stream]")?.textContent).toBe("user");
  expect(some.textContent).not.toContain("No events");
  const none = (stream: string | null) =>
    shown(<RecentEvents recent={{ ok: true, data: [] }} stream={stream} names={[]} />).textContent;
  expect(none(null)).toContain("No events yet.");
  expect(none("events:user")).toContain("No events in this stream yet.");
});

test("a replay is offered for each group of each stream, and keeps what was refused", () => {
  const errors = [{ field: "group", message: "No such group." }];
  const problem = { type: "urn:x", title: "Invalid", status: 422, errors };
  const replay = { stream: "events:user", group: "mail", from_id: "1-0" };
  const host = shown(<ReplayForm streams={[STREAM] as never} refused={{ intent: "replay", problem, replay }} />);
  expect(host.querySelector("option[selected]")?.textContent).toBe("mail ← events:user");
  expect(host.querySelector("[name=from_id]")?.getAttribute("value")).toBe("1-0");
  expect(host.querySelector(".field-error")?.textContent).toBe("No such group.");
  expect(shown(<ReplayForm streams={[]} refused={undefined} />).innerHTML).toBe("");
});
