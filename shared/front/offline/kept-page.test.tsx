/** A page whose next one has no code yet stays while there is no network, and goes on when there is. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, Outlet, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ConnectionBanner } from "./connection-banner.tsx";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const network = vi.fn<typeof fetch>();
const assign = vi.fn();
const reload = vi.fn();
let navigation: EventTarget;
let host: HTMLElement;
let root: Root;

function Page() {
  return (
    <>
      <ConnectionBanner />
      <Outlet />
    </>
  );
}

async function open() {
  const never = () => new Promise<null>(() => {});
  const children = [
    { path: "/", element: "here" },
    { path: "/next", element: "next", loader: never, action: never },
  ];
  const router = createMemoryRouter([{ element: <Page />, children }]);
  await act(async () => root.render(<RouterProvider router={router} />));
  return router;
}

/** What React Router does where a page's code cannot be fetched. */
function reloads(navigationType = "reload") {
  const event = Object.assign(new Event("navigate", { cancelable: true }), { navigationType });
  act(() => void navigation.dispatchEvent(event));
  return event;
}

const comesBack = () => act(async () => void dispatchEvent(new Event("online")));
const settled = () => act(async () => {});

beforeEach(() => {
  network.mockReset().mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(new Response());
  vi.stubGlobal("fetch", network);
  navigation = new EventTarget();
  vi.stubGlobal("navigation", navigation);
  vi.spyOn(window.location, "assign").mockImplementation(assign.mockReset());
  vi.spyOn(window.location, "reload").mockImplementation(reload.mockReset());
  host = document.body.appendChild(document.createElement("div"));
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

test("the page stays, says that it is offline, and opens the next one when the network is back", async () => {
  const router = await open();
  act(() => void router.navigate("/next?a=1#b"));
  expect(reloads().defaultPrevented).toBe(true);
  await settled();
  expect(host.textContent).toContain("You’re offline");
  expect(host.textContent).toContain("here");
  expect(assign).not.toHaveBeenCalled();
  await comesBack();
  expect(assign.mock.calls).toEqual([["/next?a=1#b"]]);
  expect(network.mock.calls.map(([url]) => url)).toEqual(["/robots.txt", "/robots.txt"]);
});

test("however often it would reload, it asks and goes on once; then a reload is one again", async () => {
  const router = await open();
  act(() => void router.navigate("/next"));
  reloads();
  expect(reloads().defaultPrevented).toBe(true);
  await settled();
  expect(network).toHaveBeenCalledTimes(1);
  await comesBack();
  expect(assign).toHaveBeenCalledTimes(1);
  expect(reloads().defaultPrevented).toBe(false);
});

test("a form is not sent again: its page is loaded anew", async () => {
  const router = await open();
  act(() => void router.navigate("/next", { formMethod: "post", formData: new FormData() }));
  reloads();
  await settled();
  await comesBack();
  expect([assign.mock.calls.length, reload.mock.calls.length]).toEqual([0, 1]);
});

test("other steps of the browser are none of its business", async () => {
  await open();
  expect(reloads("push").defaultPrevented).toBe(false);
  await settled();
  expect(network).not.toHaveBeenCalled();
});

test("a browser that does not tell of reloads has its page all the same", async () => {
  vi.stubGlobal("navigation", undefined);
  await open();
  expect(host.textContent).toContain("here");
});
