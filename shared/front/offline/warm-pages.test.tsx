/** The code of linked pages is fetched once, after a while, and not when the page goes before. */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useWarmPages } from "./warm-pages.ts";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

function Page() {
  useWarmPages();
  return null;
}

const links = () => [...document.head.querySelectorAll("link")].map((link) => link.getAttribute("href"));

function open() {
  const root = createRoot(document.createElement("div"));
  act(() => root.render(<Page />));
  return root;
}

beforeEach(() => {
  vi.useFakeTimers();
  document.head.innerHTML = '<link rel="modulepreload" href="/known.js">';
  window.__reactRouterManifest = {
    routes: {
      a: { module: "/a.js", imports: ["/shared.js", "/known.js"] },
      b: { module: "/b.js", imports: ["/shared.js"] },
      c: undefined,
    },
  };
});
afterEach(() => vi.useRealTimers());

test("each file of the linked pages is fetched once, after three seconds", () => {
  const root = open();
  vi.advanceTimersByTime(2_999);
  expect(links()).toEqual(["/known.js"]);
  vi.advanceTimersByTime(1);
  expect(links()).toEqual(["/known.js", "/a.js", "/shared.js", "/b.js"]);
  act(() => root.unmount());
  const again = open();
  vi.advanceTimersByTime(3_000);
  expect(links()).toHaveLength(4);
  act(() => again.unmount());
});

test("a page that goes before fetches nothing", () => {
  const root = open();
  act(() => root.unmount());
  vi.advanceTimersByTime(10_000);
  expect(links()).toEqual(["/known.js"]);
});

test("without a list of routes there is nothing to fetch", () => {
  delete window.__reactRouterManifest;
  const root = open();
  vi.advanceTimersByTime(3_000);
  expect(links()).toEqual(["/known.js"]);
  act(() => root.unmount());
});

test("without a network nothing is fetched before it is back", () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const root = open();
  vi.advanceTimersByTime(3_000);
  expect(links()).toEqual(["/known.js"]);
  online.mockReturnValue(true);
  dispatchEvent(new Event("online"));
  expect(links()).toHaveLength(4);
  act(() => root.unmount());
});
