import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveConnection } from "./connection.ts";

class FakeSocket {
  static all: FakeSocket[] = [];
  readonly url: string;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason?: string }) => void;

  constructor(url: URL) {
    this.url = url.href;
    FakeSocket.all.push(this);
  }
  close() {}
}

class FakeStream extends EventTarget {
  static all: FakeStream[] = [];
  readonly url: string;
  onopen?: () => void;
  onerror?: () => void;
  closed = false;

  constructor(url: URL) {
    super();
    this.url = url.href;
    FakeStream.all.push(this);
  }
  close() {
    this.closed = true;
  }
  emit(type: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

const created = (id: string) => ({ type: "notification.created", id, data: { id }, created_at: "" });
const last = () => FakeSocket.all.at(-1) as FakeSocket;
const events = { onMessage: vi.fn(), onStatus: vi.fn(), onRefused: vi.fn() };
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("EventSource", FakeStream);
  FakeSocket.all = [];
  FakeStream.all = [];
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
  last().onopen?.();
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

test("a restarting service says when to come back", () => {
  last().onopen?.();
  last().onclose?.({ code: 1012, reason: "restart; retry_in=7000" });
  vi.advanceTimersByTime(6_999);
  expect(FakeSocket.all).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.all).toHaveLength(2);
});

test("what arrives twice is shown once", () => {
  last().onopen?.();
  for (const id of ["n-2", "n-3", "n-2"]) last().onmessage?.({ data: JSON.stringify(created(id)) });
  expect(events.onMessage).toHaveBeenCalledTimes(2);
});

async function blockSockets() {
  for (let failures = 1; failures <= 3; failures += 1) {
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(5_000);
  }
  await vi.waitFor(() => expect(FakeStream.all).toHaveLength(1), 60_000);
  return FakeStream.all[0] as FakeStream;
}

test("where no socket ever opens, news come as a stream, with the same last id", async () => {
  const stream = await blockSockets();
  expect(FakeSocket.all).toHaveLength(3);
  expect(stream.url).toBe("http://localhost/ws/notifications/stream?last_id=n-1");
  stream.onopen?.();
  expect(events.onStatus).toHaveBeenLastCalledWith("live");
  stream.emit("notification.created", created("n-2"));
  expect(events.onMessage).toHaveBeenCalledWith(created("n-2"));
});

test("a stream that ends comes back as a stream", async () => {
  const stream = await blockSockets();
  stream.onopen?.();
  stream.onerror?.();
  expect(events.onStatus).toHaveBeenLastCalledWith("reconnecting");
  vi.advanceTimersByTime(40_000);
  await vi.waitFor(() => expect(FakeStream.all).toHaveLength(2), 60_000);
  expect(FakeSocket.all).toHaveLength(3);
});

test("a stream's end has the same codes as a socket's", async () => {
  const stream = await blockSockets();
  stream.onopen?.();
  events.onRefused.mockReset();
  stream.emit("close", { code: 4401, reason: "log in again" });
  expect(stream.closed).toBe(true);
  expect(events.onRefused).toHaveBeenCalledTimes(1);
});

test("from a stream it goes back to a socket after a while", async () => {
  const stream = await blockSockets();
  stream.onopen?.();
  vi.advanceTimersByTime(6 * 60_000);
  expect(FakeSocket.all).toHaveLength(4);
  expect(stream.closed).toBe(true);
  last().onopen?.();
  last().onclose?.({ code: 1006 });
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.all).toHaveLength(5);
});

test("a socket that opened once is never replaced by a stream", () => {
  last().onopen?.();
  for (let failures = 1; failures <= 6; failures += 1) {
    last().onclose?.({ code: 1006 });
    vi.advanceTimersByTime(40_000);
  }
  expect(FakeSocket.all).toHaveLength(7);
});
