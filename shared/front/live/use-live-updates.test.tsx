/** A page that is live reads its data again after news, and after what other tabs did. Socket and tabs are fakes. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useLive } from "./store.ts";
import { notifyTabs, subscribeToTabs, type TabMessage } from "./tabs.ts";
import { useLiveUpdates } from "./use-live-updates.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

class FakeSocket {
  static last: FakeSocket;
  readonly url: string;
  onopen?: (() => void) | null;
  onmessage?: ((event: { data: string }) => void) | null;
  onclose?: ((event: { code: number; reason: string }) => void) | null;
  isClosed = false;

  constructor(url: URL) {
    this.url = url.href;
    FakeSocket.last = this;
  }
  close() {
    this.isClosed = true;
  }
}

class FakeChannel extends EventTarget {
  static all: FakeChannel[] = [];
  constructor() {
    super();
    FakeChannel.all.push(this);
  }
  postMessage = vi.fn();
}

let root: Root;
const loader = vi.fn(() => null);
const onMessage = vi.fn();

function Page() {
  useLiveUpdates({ url: "/ws/notifications", lastId: "n-1", onMessage });
  return null;
}

const hear = (type: string, data: object) =>
  act(async () => FakeSocket.last.onmessage?.({ data: JSON.stringify({ type, data }) }));
const pass = (milliseconds: number) => act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)));
const broadcast = (message: TabMessage) =>
  act(async () => void FakeChannel.all[0]?.dispatchEvent(new MessageEvent("message", { data: message })));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  onMessage.mockReset();
  loader.mockClear();
  root = createRoot(document.createElement("div"));
  const routes = [{ path: "*", Component: Page, loader, HydrateFallback: () => null }];
  await act(async () => root.render(<RouterProvider router={createMemoryRouter(routes)} />));
  await act(() => vi.dynamicImportSettled());
  loader.mockClear();
});
afterEach(() => {
  act(() => root.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it connects where the page came from, and says what it knows", () => {
  expect(FakeSocket.last.url).toBe(`${location.origin.replace(/^http/, "ws")}/ws/notifications?last_id=n-1`);
  FakeSocket.last.onopen?.();
  expect(useLive.getState().status).toBe("live");
});

test("news at about the same time are read once, 120 milliseconds after the last", async () => {
  await hear("notification.created", { id: "n-2" });
  await pass(100);
  await hear("notification.created", { id: "n-3" });
  await pass(119);
  expect(loader).not.toHaveBeenCalled();
  await pass(1);
  expect(loader).toHaveBeenCalledTimes(1);
  expect(onMessage.mock.calls.map(([message]) => message.data.id)).toEqual(["n-2", "n-3"]);
});

test("a task that runs is shown without reading again; when it ends the page is read", async () => {
  await hear("task.progress", { id: "t-1", state: "running", progress: 0.5 });
  await pass(1_000);
  expect(useLive.getState().tasks["t-1"]).toMatchObject({ progress: 0.5 });
  expect(loader).not.toHaveBeenCalled();
  await hear("task.progress", { id: "t-1", state: "succeeded" });
  await pass(120);
  expect(loader).toHaveBeenCalledTimes(1);
  expect(onMessage).toHaveBeenCalledTimes(2);
});

test("other messages are no task", async () => {
  await hear("profile.updated", { id: "t-2", state: "running" });
  expect(useLive.getState().tasks).not.toHaveProperty("t-2");
  await pass(120);
  expect(loader).toHaveBeenCalledTimes(1);
});

test("what another tab did is read here too; what it announced is not", async () => {
  await broadcast({ type: "shown", id: "n-1" });
  await pass(1_000);
  expect(loader).not.toHaveBeenCalled();
  await broadcast({ type: "changed" });
  await pass(120);
  expect(loader).toHaveBeenCalledTimes(1);
});

test("a login that has ended is asked for by reading the page again", async () => {
  await act(async () => FakeSocket.last.onclose?.({ code: 4401, reason: "" }));
  await pass(120);
  expect(loader).toHaveBeenCalledTimes(1);
});

test("a page that is left is not live any more, and reads nothing", async () => {
  const socket = FakeSocket.last;
  await hear("notification.created", { id: "n-2" });
  act(() => root.unmount());
  await pass(1_000);
  await broadcast({ type: "changed" });
  await pass(1_000);
  expect(loader).not.toHaveBeenCalled();
  expect(socket.isClosed).toBe(true);
  expect(useLive.getState().status).toBe("idle");
});

test("a page that is left before its connection is loaded opens none", async () => {
  const before = FakeSocket.last;
  const other = createRoot(document.createElement("div"));
  act(() => other.render(<RouterProvider router={createMemoryRouter([{ path: "*", Component: Page }])} />));
  act(() => other.unmount());
  await act(() => vi.dynamicImportSettled());
  expect(FakeSocket.last).toBe(before);
});

test("tabs speak through one channel; a browser without one is silent", () => {
  notifyTabs({ type: "changed" });
  expect(FakeChannel.all).toHaveLength(1);
  expect(FakeChannel.all[0]?.postMessage.mock.calls.at(-1)).toEqual([{ type: "changed" }]);
  Reflect.deleteProperty(globalThis, "BroadcastChannel");
  expect(() => notifyTabs({ type: "changed" })).not.toThrow();
  expect(subscribeToTabs(vi.fn())()).toBeUndefined();
  expect(FakeChannel.all[0]?.postMessage).toHaveBeenCalledTimes(1);
});
