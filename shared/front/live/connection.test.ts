import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveConnection } from "./connection.ts";

class FakeSocket {
  static all: FakeSocket[] = [];
  readonly url: string;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;

  constructor(url: URL) {
    this.url = url.href;
    FakeSocket.all.push(this);
  }
  close() {}
}

const last = () => FakeSocket.all.at(-1) as FakeSocket;
const events = { onMessage: vi.fn(), onStatus: vi.fn(), onRefused: vi.fn() };
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  for (const event of Object.values(events)) event.mockReset();
  connection = new LiveConnection({ url: "ws://localhost/ws/notifications", lastId: "n-1", ...events });
  connection.start();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it asks for what came after the last known notification", () => {
  expect(last().url).toContain("last_id=n-1");
  last().onopen?.();
  const message = { type: "notification.created", id: "m", data: { id: "n-2" }, created_at: "" };
  last().onmessage?.({ data: JSON.stringify(message) });
  expect(events.onMessage).toHaveBeenCalledWith(message);
  last().onclose?.({ code: 1012 });
  vi.advanceTimersByTime(1_000);
  expect(last().url).toContain("last_id=n-2");
});

test("it reconnects with growing waits, and at once when the network is back", () => {
  for (let failures = 1; failures <= 6; failures += 1) {
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(40_000);
    expect(FakeSocket.all).toHaveLength(failures + 1);
  }
  last().onclose?.({ code: 1006 });
  vi.advanceTimersByTime(5_000);
  expect(FakeSocket.all).toHaveLength(7);
  dispatchEvent(new Event("online"));
  expect(FakeSocket.all).toHaveLength(8);
});

test("an ended login is asked about, a wrong origin is final", () => {
  last().onclose?.({ code: 4401 });
  expect(events.onRefused).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  last().onclose?.({ code: 4403 });
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(2);
  expect(events.onStatus).toHaveBeenLastCalledWith("off");
});

test("a stopped connection stays closed", () => {
  connection.stop();
  last().onclose?.({ code: 1006 });
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(1);
});
