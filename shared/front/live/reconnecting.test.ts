/** How long the page waits before it connects again, and what it no longer listens to. Sockets and chance are fakes. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveConnection } from "./connection.ts";

class FakeSocket {
  static all: FakeSocket[] = [];
  readonly url: string;
  onopen?: (() => void) | null;
  onmessage?: ((event: { data: string }) => void) | null;
  onclose?: ((event: { code: number; reason: string }) => void) | null;
  isClosed = false;

  constructor(url: URL) {
    this.url = url.href;
    FakeSocket.all.push(this);
  }
  close() {
    this.isClosed = true;
  }
}

const events = { onMessage: vi.fn(), onStatus: vi.fn(), onRefused: vi.fn() };
const last = () => FakeSocket.all.at(-1) as FakeSocket;
const created = (id: string) => JSON.stringify({ type: "notification.created", data: { id } });
const statuses = () => events.onStatus.mock.calls.map(([status]) => status);
let connection: LiveConnection;

/** The connection ends, and so many milliseconds pass until the next one begins. */
function waitAfter(code: number, reason = ""): number {
  const before = FakeSocket.all.length;
  last().onclose?.({ code, reason });
  for (let waited = 1; waited <= 60_000; waited += 1) {
    vi.advanceTimersByTime(1);
    if (FakeSocket.all.length > before) return waited;
  }
  return Number.POSITIVE_INFINITY;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5); // the middle: waits are neither cut nor stretched
  FakeSocket.all = [];
  for (const event of Object.values(events)) event.mockReset();
  connection = new LiveConnection({ url: "ws://localhost/ws/notifications", lastId: null, ...events });
  connection.start();
});
afterEach(() => {
  connection.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("waits double from half a second up to thirty", () => {
  last().onopen?.();
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(() => waitAfter(1006));
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test.each([
  [0, 375],
  [1, 625],
])("clients are spread by chance: with %d the first wait is %d ms", (chance, expected) => {
  vi.mocked(Math.random).mockReturnValue(chance);
  last().onopen?.();
  expect(waitAfter(1006)).toBe(expected);
});

test("who has too many connections waits longest", () => {
  last().onopen?.();
  expect(waitAfter(4429)).toBe(30_000);
});

test("a service's own time to come back is kept to thirty seconds, and not spread", () => {
  vi.mocked(Math.random).mockReturnValue(1);
  last().onopen?.();
  expect(waitAfter(1012, "restart; retry_in=600000")).toBe(30_000);
  expect(waitAfter(1012, "restart; retry_in=40")).toBe(40);
});

test("after five quiet seconds the waits begin anew, not before", () => {
  last().onopen?.();
  waitAfter(1006);
  last().onopen?.();
  vi.advanceTimersByTime(4_999);
  expect(waitAfter(1006)).toBe(1_000);
  last().onopen?.();
  vi.advanceTimersByTime(5_000);
  expect(waitAfter(1006)).toBe(500);
});

test("each third failure in a row asks whether the login has ended", () => {
  last().onopen?.();
  const asked = [1, 2, 3, 4, 5, 6].map(() => {
    waitAfter(1006);
    return events.onRefused.mock.calls.length;
  });
  expect(asked).toEqual([0, 0, 1, 1, 1, 2]);
});

test("the network's return connects at once, and the waits begin anew", () => {
  last().onopen?.();
  for (let failures = 1; failures <= 4; failures += 1) waitAfter(1006);
  dispatchEvent(new Event("online"));
  expect(waitAfter(1006)).toBe(500);
});

test("without a network the connection is closed, says so and waits", () => {
  last().onopen?.();
  dispatchEvent(new Event("offline"));
  expect(last().isClosed).toBe(true);
  expect(events.onStatus).toHaveBeenLastCalledWith("offline");
  vi.advanceTimersByTime(120_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test("an end without a network is shown as offline, another as reconnecting", () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  last().onclose?.({ code: 1006, reason: "" });
  expect(events.onStatus).toHaveBeenLastCalledWith("offline");
  vi.advanceTimersByTime(1_000);
  online.mockReturnValue(true);
  last().onclose?.({ code: 1006, reason: "" });
  expect(events.onStatus).toHaveBeenLastCalledWith("reconnecting");
});

test("failures without a network do not count against sockets", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  for (let failures = 1; failures <= 5; failures += 1) waitAfter(1006);
  expect(FakeSocket.all).toHaveLength(6);
});

test("what an older attempt still says is not heard", () => {
  const first = last();
  const end = first.onclose;
  dispatchEvent(new Event("online"));
  expect(FakeSocket.all).toHaveLength(2);
  end?.({ code: 4403, reason: "" });
  expect(statuses()).not.toContain("off");
  vi.advanceTimersByTime(120_000);
  expect(FakeSocket.all).toHaveLength(2);
  expect(first.isClosed).toBe(true);
});

test("a network that returns during a wait makes one connection, not two", () => {
  last().onopen?.();
  last().onclose?.({ code: 1006, reason: "" });
  dispatchEvent(new Event("online"));
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(2);
});

test("it says how it stands: connecting, live, reconnecting, live, idle", () => {
  last().onopen?.();
  waitAfter(1006);
  last().onopen?.();
  connection.stop();
  expect(statuses()).toEqual(["connecting", "live", "reconnecting", "live", "idle"]);
});

test("once stopped it does not come back with the network", () => {
  connection.stop();
  dispatchEvent(new Event("online"));
  dispatchEvent(new Event("offline"));
  expect(FakeSocket.all).toHaveLength(1);
  expect(events.onStatus).toHaveBeenLastCalledWith("idle");
});

test("an ended login is shown at once, and asked for again", () => {
  last().onopen?.();
  expect(waitAfter(4401)).toBe(500);
  expect(events.onRefused).toHaveBeenCalledTimes(1);
});

test("a first connection names no last id; what is known is remembered up to five hundred", () => {
  expect(last().url).not.toContain("last_id");
  last().onopen?.();
  for (let id = 0; id <= 500; id += 1) last().onmessage?.({ data: created(`n-${id}`) });
  expect(events.onMessage).toHaveBeenCalledTimes(501);
  last().onmessage?.({ data: created("n-1") });
  expect(events.onMessage).toHaveBeenCalledTimes(501);
  last().onmessage?.({ data: created("n-0") });
  expect(events.onMessage).toHaveBeenCalledTimes(502);
});

test("other kinds of messages pass as they are, each time", () => {
  last().onopen?.();
  for (let i = 0; i < 2; i += 1) last().onmessage?.({ data: JSON.stringify({ type: "profile.updated", data: {} }) });
  expect(events.onMessage).toHaveBeenCalledTimes(2);
});
