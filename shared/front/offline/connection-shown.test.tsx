/** What a page says about the way to our servers: live updates, waiting requests and the browser's own word. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useLive } from "../live/store.ts";
import { useConnection } from "./use-connection.ts";
import { useWaitingRequests } from "./waiting-requests.ts";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let host: HTMLElement;
let root: Root;
const Page = () => <p>{useConnection()}</p>;
const shown = () => host.textContent;
const pass = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds));
const wait = (waiting: number, unsent: number) => act(() => useWaitingRequests.setState({ waiting, unsent }));
const live = (status: "live" | "reconnecting" | "off") => act(() => useLive.getState().setStatus(status));

beforeEach(() => {
  vi.useFakeTimers();
  host = document.createElement("div");
  root = createRoot(host);
  act(() => root.render(<Page />));
});
afterEach(() => {
  act(() => root.unmount());
  useWaitingRequests.setState({ waiting: 0, unsent: 0 });
  useLive.getState().setStatus("idle");
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("all is fine until something is not", () => {
  expect(shown()).toBe("fine");
  pass(60_000);
  expect(shown()).toBe("fine");
});

test("news are late after eight seconds without a live connection, until it is back", () => {
  live("reconnecting");
  pass(7_999);
  expect(shown()).toBe("fine");
  pass(1);
  expect(shown()).toBe("late");
  live("live");
  expect(shown()).toBe("fine");
});

test("a reconnect that is over soon is not worth a word", () => {
  live("reconnecting");
  pass(5_000);
  live("live");
  pass(5_000);
  live("reconnecting");
  pass(5_000);
  expect(shown()).toBe("fine");
});

test("what has not been sent is shown first, then what waits", () => {
  wait(1, 0);
  expect(shown()).toBe("offline");
  wait(1, 1);
  expect(shown()).toBe("unsent");
  wait(0, 0);
  expect(shown()).toBe("fine");
});

test("the browser says when it is offline", () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  act(() => void dispatchEvent(new Event("offline")));
  expect(shown()).toBe("offline");
  online.mockReturnValue(true);
  act(() => void dispatchEvent(new Event("online")));
  expect(shown()).toBe("fine");
});
