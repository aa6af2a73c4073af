/** The pages of one event and of one letter: what they ask, show and link, and what they say about what is gone. */

import type { DeadLetter } from "@dashboard/front/api/types.ts";
import { form } from "@dashboard/front/tests/asking.ts";
import { openPage } from "@dashboard/front/tests/pages.tsx";
import { shown } from "@dashboard/front/tests/shown.tsx";
import { afterEach, expect, test, vi } from "vitest";
import * as eventPage from "./routes/event.tsx";
import * as letterPage from "./routes/letter.tsx";
import { EventCard } from "./ui/EventCard.tsx";
import { LetterActions } from "./ui/LetterActions.tsx";

const AT = "2026-11-23T10:00:00Z";
const EVENT = {
  id: "e1",
  type: "user.registered",
  version: 2,
  aggregate_id: "a1",
  user_id: "u1",
  correlation_id: "c1",
  traceparent: "",
  occurred_at: AT,
  data: { plan: "pro" },
};
const LETTER = {
  id: "2-0",
  kind: "dead",
  stream: "events:user",
  entry_id: "1-0",
  group: "mail",
  error: "KeyError: no name",
  buried_at: AT,
  deliveries: 5,
  text: "{nonsense",
  event: EVENT,
} as unknown as DeadLetter;
const ENTRY = { stream: "events:user", entry_id: "1-0", event: EVENT };
const event = { at: "/events/user/1-0", path: "/events/:stream/:entryId" };
const letter = (kind = "dead") => ({ at: `/events/letters/${kind}/2-0`, path: "/events/letters/:kind/:letterId" });
const links = (host: HTMLElement) => [...host.querySelectorAll("a")].map((link) => link.getAttribute("href"));

afterEach(() => vi.unstubAllGlobals());

test("an event shows its data and leads to its user and to each letter that holds it", async () => {
  const { host, asked } = await openPage(eventPage, event, { ...ENTRY, dead_letters: [LETTER] });
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/events/streams/events%3Auser/1-0"]);
  expect(host.querySelector("h1")?.textContent).toBe("user.registered");
  expect(host.querySelector("pre")?.textContent).toContain("pro");
  expect(links(host)).toEqual(expect.arrayContaining(["/events", "/users/u1", "/events/letters/dead/2-0"]));
  expect(host.querySelector(".letters")?.textContent).toContain("KeyError: no name");
});

test("an event that was handled has no list of letters", async () => {
  const { host } = await openPage(eventPage, event, { ...ENTRY, dead_letters: [] });
  expect(host.querySelector(".letters")).toBeNull();
});

test("the audit log is offered to those who may read it", () => {
  const card = (mayAudit: boolean) => links(shown(<EventCard event={EVENT} at="x" mayAudit={mayAudit} />));
  expect(card(true)).toContain("/audit?subject=a1");
  expect(card(false)).not.toContain("/audit?subject=a1");
});

test("a letter says why, and leads to its event and its user; who may only read is offered nothing else", async () => {
  const { host, asked } = await openPage(letterPage, letter(), LETTER);
  expect(asked.map(({ call }) => call)).toEqual(["GET /api/events/dead-letters/2-0?kind=dead"]);
  for (const words of ["KeyError: no name", "mail", "Dead letter", "Tries"]) expect(host.textContent).toContain(words);
  expect(links(host)).toEqual(expect.arrayContaining(["/events", "/events/user/1-0", "/users/u1"]));
  expect(host.querySelector("form, button[name=intent]")).toBeNull();
});

test("a letter that is no event shows its text, and one that was never sent leads to no event", async () => {
  const bare = await openPage(letterPage, letter(), { ...LETTER, event: null });
  expect(bare.host.querySelector("h1")?.textContent).toBe("Not an event");
  expect(bare.host.querySelector("pre")?.textContent).toBe("{nonsense");
  const unsent = await openPage(letterPage, letter("unsent"), { ...LETTER, kind: "unsent", entry_id: "", group: "" });
  expect(links(unsent.host)).not.toContain("/events/user/1-0");
  expect(links(unsent.host)).toContain("/events?kind=unsent");
});

test("replaying and discarding name the event and say what follows", () => {
  const dialogs = (changes: Partial<DeadLetter>) => {
    const host = shown(<LetterActions letter={{ ...LETTER, ...changes }} problem={undefined} />);
    return [...host.querySelectorAll("dialog")].map(({ textContent }) => textContent);
  };
  const [replay, discard] = dialogs({});
  expect(replay).toMatch(/^Replay user.registered\?The group mail handles it again\./);
  expect(discard).toMatch(/^Discard user.registered\?The group mail will never handle it\. This can’t be undone\./);
  expect(dialogs({ group: "", kind: "unsent" })[0]).toContain("every consumer gets it");
  expect(dialogs({ group: "", kind: "unsent" })[1]).toContain("No consumer will ever get it.");
  expect(dialogs({ kind: "waiting" })).toHaveLength(1);
  expect(dialogs({ kind: "waiting" })[0]).toContain("Until then it is retried automatically.");
});

test("a letter is discarded from its page, which leads to the list and says so", async () => {
  const { send, asked, here, messages } = await openPage(letterPage, letter("aside"), LETTER);
  await send(form({ intent: "discard" }));
  expect(asked[1]?.call).toBe("DELETE /api/events/dead-letters/2-0?kind=aside");
  expect(here()).toBe("/events?kind=aside");
  expect(messages()).toEqual(["Event discarded."]);
});

test("an act that does not exist, or on a kind that does not, is refused", async () => {
  const other = await openPage(letterPage, letter(), LETTER);
  await other.send(form({ intent: "burn" }));
  expect(other.host.textContent).toBe("refused");
  expect((await openPage(letterPage, letter("alive"))).host.textContent).toBe("refused");
});

test.each([
  ["event", eventPage, event, "This event is gone"],
  ["letter", letterPage, letter(), "This letter is gone"],
] as const)("an %s that is gone or away says so", async (_, page, at, words) => {
  expect((await openPage(page, at, { problem: 404 })).host.textContent).toContain(words);
  expect((await openPage(page, at, { problem: 503 })).host.querySelector(".unavailable")).not.toBeNull();
});
