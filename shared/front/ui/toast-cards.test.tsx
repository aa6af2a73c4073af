/** News at the edge of the page: how long they stay, and how they are left. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Toast, useToasts } from "../live/toasts.ts";
import ToastCards from "./toast-cards.tsx";
import { Toaster } from "./toaster.tsx";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let host: HTMLElement;
let root: Root;
const add = (toast: Partial<Toast>) => act(() => useToasts.getState().add({ id: "a", title: "A", ...toast }));
const titles = () => [...host.querySelectorAll(".toast p:first-child")].map(({ textContent }) => textContent);
const pass = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds));
const button = (title: string) => host.querySelector(`[aria-label="Dismiss: ${title}"]`) as HTMLButtonElement;
const fire = (target: EventTarget, event: Event) => act(() => void target.dispatchEvent(event));
const escapeKey = () => new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true });
const bubbling = (type: string) => new MouseEvent(type, { bubbles: true });

function hide(isHidden: boolean) {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(isHidden ? "hidden" : "visible");
  fire(document, new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<main id="main" tabindex="-1"><button id="here">here</button></main>';
  host = document.createElement("div");
  document.body.append(host);
  root = createRoot(host);
  act(() =>
    root.render(
      <MemoryRouter>
        <ToastCards />
      </MemoryRouter>,
    ),
  );
});
afterEach(() => {
  act(() => root.unmount());
  useToasts.setState({ toasts: [] });
  vi.useRealTimers();
});

test("a card goes by itself after ten seconds", () => {
  add({});
  pass(9_999);
  expect(titles()).toEqual(["A"]);
  pass(1);
  expect(titles()).toEqual([]);
});

test("a card says what it has: words and a link only when there are some", () => {
  add({});
  expect(host.querySelectorAll("p, a")).toHaveLength(1);
  add({ id: "b", title: "B", body: "Words", link: "/app" });
  expect(host.querySelector(".toast:last-child p + p")?.textContent).toBe("Words");
  expect(host.querySelector("a")?.getAttribute("href")).toBe("/app");
  expect(host.querySelector("a")?.getAttribute("aria-label")).toBe("Open: B");
});

test("cards stay while somebody points at one, and ten seconds more", () => {
  add({});
  const cards = host.firstElementChild as HTMLElement;
  fire(cards, bubbling("mouseover"));
  pass(60_000);
  expect(titles()).toEqual(["A"]);
  fire(cards, bubbling("mouseout"));
  pass(9_999);
  expect(titles()).toEqual(["A"]);
  pass(1);
  expect(titles()).toEqual([]);
});

test("cards stay while the focus is in one, also when it moves between them", () => {
  add({});
  add({ id: "b", title: "B" });
  act(() => button("A").focus());
  pass(60_000);
  act(() => button("B").focus());
  pass(60_000);
  expect(titles()).toEqual(["A", "B"]);
  act(() => document.getElementById("here")?.focus());
  pass(10_000);
  expect(titles()).toEqual([]);
});

test("cards stay while another tab is looked at", () => {
  add({});
  hide(true);
  pass(60_000);
  expect(titles()).toEqual(["A"]);
  hide(false);
  pass(10_000);
  expect(titles()).toEqual([]);
});

test("cards that come while another tab is looked at wait for their reader", () => {
  act(() => root.unmount());
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  root = createRoot(host);
  act(() =>
    root.render(
      <MemoryRouter>
        <ToastCards />
      </MemoryRouter>,
    ),
  );
  add({});
  pass(60_000);
  expect(titles()).toEqual(["A"]);
});

test("a bundle that grows is shown for another ten seconds", () => {
  add({});
  pass(9_000);
  add({ title: "A again" });
  pass(9_000);
  expect(titles()).toEqual(["A again"]);
  pass(1_000);
  expect(titles()).toEqual([]);
});

test("a card goes when it is dismissed or opened, the others stay", () => {
  add({ link: "/app" });
  add({ id: "b", title: "B" });
  act(() => button("B").click());
  expect(titles()).toEqual(["A"]);
  act(() => (host.querySelector("a") as HTMLElement).click());
  expect(titles()).toEqual([]);
});

test("opening a card tells who made it, dismissing it does not", () => {
  const onOpen = vi.fn();
  add({ link: "/app", onOpen });
  act(() => button("A").click());
  expect(onOpen).not.toHaveBeenCalled();
  add({ link: "/app", onOpen });
  act(() => (host.querySelector("a") as HTMLElement).click());
  expect(onOpen).toHaveBeenCalledTimes(1);
});

test("Escape dismisses the newest, and nothing when there is none", () => {
  add({});
  add({ id: "b", title: "B" });
  fire(document, escapeKey());
  expect(titles()).toEqual(["A"]);
  fire(document, new KeyboardEvent("keydown", { key: "Enter" }));
  expect(titles()).toEqual(["A"]);
  fire(document, escapeKey());
  fire(document, escapeKey());
  expect(titles()).toEqual([]);
});

test("Escape that closes something else dismisses nothing", () => {
  add({});
  const used = escapeKey();
  used.preventDefault();
  fire(document, used);
  const open = vi.spyOn(document, "querySelector").mockReturnValue(document.body);
  fire(document, escapeKey());
  expect(titles()).toEqual(["A"]);
  open.mockReturnValue(null);
  fire(document, escapeKey());
  expect(titles()).toEqual([]);
});

test("after the last card the focus is where it was before; between cards it stays among them", () => {
  const here = document.getElementById("here") as HTMLElement;
  act(() => here.focus());
  add({});
  add({ id: "b", title: "B" });
  act(() => button("B").focus());
  act(() => button("B").click());
  expect(document.activeElement).not.toBe(here);
  act(() => button("A").focus());
  act(() => button("A").click());
  expect(document.activeElement).toBe(here);
});

test("who came from nowhere is led to the content; who stands elsewhere is left there", () => {
  add({});
  act(() => button("A").focus());
  act(() => button("A").click());
  expect(document.activeElement?.id).toBe("main");
  act(() => document.getElementById("here")?.focus());
  add({});
  fire(document, escapeKey());
  expect(document.activeElement?.id).toBe("here");
});

test("what draws the cards is there with the first of them", async () => {
  act(() =>
    root.render(
      <MemoryRouter>
        <Toaster />
      </MemoryRouter>,
    ),
  );
  const region = host.querySelector("section");
  expect(region?.getAttribute("aria-live")).toBe("polite");
  expect(region?.innerHTML).toBe("");
  vi.useRealTimers();
  await act(async () => useToasts.getState().add({ id: "a", title: "A" }));
  await vi.waitFor(() => expect(titles()).toEqual(["A"]), 60_000);
});
