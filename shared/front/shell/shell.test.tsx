/** The shell in the browser: marks, crumbs, the palette, keys, and the theme that applies at once. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, RouterProvider, useLocation } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useToasts } from "../live/toasts.ts";
import { useTheme } from "../root/theme.ts";
import { AccountMenu } from "./account-menu.tsx";
import { crumbsOf } from "./breadcrumb.tsx";
import { keyOf } from "./entries.ts";
import { Shell } from "./shell.tsx";
import { setSingleKeys } from "./shortcuts.ts";
import { useShellDialog } from "./store.ts";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const item = (to: string, label: string) => ({ to, label, permissions: [], icon: [] });
const NAVIGATION = [
  item("/app", "Dashboard"),
  item("/app/profile", "Profile"),
  item("/app/news", "Notifications"),
  item("/app/billing", "Billing"),
  item("/app/settings", "Settings"),
  item("/app/off", "Off"),
];
const ACTIONS = [{ to: "/app/billing#plans", label: "Choose a plan", permissions: [] }];
const FRONT = { home: "/app", navigation: NAVIGATION, actions: ACTIONS };
const OPEN = [...NAVIGATION.slice(0, 5), ...ACTIONS].map(keyOf);
const PERSON = { name: "محمد عبد الرحمن", email: "m@example.com" };

let host: HTMLElement;
let root: Root;
let found: unknown;
const stored = vi.fn<(form: FormData) => unknown>();

function Page() {
  return (
    <Shell
      front={FRONT}
      data={{ open: OPEN, rail: "open", elsewhere: null }}
      corner={<AccountMenu person={PERSON} links={[]} elsewhere={{ label: "Administration", href: "http://a" }} />}
    >
      <h1>{useLocation().pathname}</h1>
      <input aria-label="Field" />
      <output>{useTheme()}</output>
    </Shell>
  );
}

async function open(at = "/app") {
  const routes = [
    { path: "/app/search", loader: () => found, element: <Page /> },
    { path: "/app/appearance", action: async ({ request }: { request: Request }) => stored(await request.formData()) },
    { path: "*", element: <Page /> },
  ];
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  await act(async () => root.render(<RouterProvider router={router} />));
  await act(() => vi.dynamicImportSettled());
  return router;
}

/** In the palette its field has the focus: browsers give it to the first one of a dialog. */
const press = (key: string, options: KeyboardEventInit = {}) => {
  const target = host.querySelector("[role=combobox]") ?? document.activeElement ?? document.body;
  return act(async () => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
    await vi.dynamicImportSettled();
  });
};
const all = (selector: string) => [...host.querySelectorAll<HTMLElement>(selector)];
const shown = () => host.querySelector("h1")?.textContent;
const options = () => all("[role=option]").map(({ textContent }) => textContent);

/** As somebody types it: React listens to the element's own setter. */
async function type(text: string) {
  const field = host.querySelector("[role=combobox]") as HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

beforeEach(() => {
  host = document.createElement("div");
  document.body.append(host);
  root = createRoot(host);
  found = { q: "", groups: [] };
  stored.mockReset().mockReturnValue({ saved: true });
  localStorage.clear();
  useShellDialog.setState({ ready: false, dialog: null });
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
  vi.useRealTimers();
});

test("rail and phone bar show what is open, and mark where one is", async () => {
  await open("/app/billing");
  const [rail, bar] = all("nav[aria-label=Pages]");
  const labels = (nav: Element | undefined) =>
    [...(nav?.querySelectorAll("li a") ?? [])].map((link) => link.textContent);
  const names = ["Dashboard", "Profile", "Notifications", "Billing", "Settings"];
  expect(labels(rail)).toEqual(names);
  expect(labels(bar)).toEqual(names);
  expect(bar?.querySelector("#more-pages")?.textContent).toBe("Settings");
  expect(all("[aria-current=page]").map(({ textContent }) => textContent)).toEqual(["Billing", "Billing", "Billing"]);
});

test.each([
  ["/app", [], [["Dashboard", undefined]]],
  [
    "/app/billing",
    [],
    [
      ["Dashboard", "/app"],
      ["Billing", undefined],
    ],
  ],
  [
    "/app/billing/i1",
    [],
    [
      ["Dashboard", "/app"],
      ["Billing", "/app/billing"],
    ],
  ],
  [
    "/app/billing/i1",
    [{ handle: { crumb: "Invoice" } }],
    [
      ["Dashboard", "/app"],
      ["Billing", "/app/billing"],
      ["Invoice", undefined],
    ],
  ],
  [
    "/app/x",
    [{ handle: { crumb: ({ params }: never) => (params as { id: string }).id }, params: { id: "x" } }],
    [
      ["Dashboard", "/app"],
      ["x", undefined],
    ],
  ],
  [
    "/app/billing",
    [{ handle: { crumb: "Never" } }],
    [
      ["Dashboard", "/app"],
      ["Billing", undefined],
    ],
  ],
])("the way to %s with %j is %j", (path, matches, crumbs) => {
  const found = crumbsOf(path, NAVIGATION, matches as never);
  expect(found.map(({ label, to }) => [label, to])).toEqual(crumbs);
});

test("the palette finds pages and actions as one types, and opens the chosen one", async () => {
  await open();
  await press("k", { ctrlKey: true });
  expect(host.querySelector("dialog")?.open).toBe(true);
  expect(options()).toEqual(["Dashboard", "Profile", "Notifications", "Billing", "Settings", "Choose a plan"]);
  await press("ArrowUp");
  expect(host.querySelector("[aria-selected=true]")?.textContent).toBe("Choose a plan");
  await type("b");
  expect(options()).toEqual(["Billing", "Dashboard", "Keyboard shortcuts"]);
  await press("End");
  await press("ArrowUp");
  await press("ArrowDown");
  expect(host.querySelector("[aria-selected=true]")?.textContent).toBe("Billing");
  await press("Enter");
  expect(shown()).toBe("/app/billing");
  expect(host.querySelector("dialog")).toBeNull();
});

test("what features find follows when typing is over; what is missing is named", async () => {
  vi.useFakeTimers();
  found = {
    q: "zed",
    groups: [
      { title: "People", entries: [{ to: "/app/settings", label: "Zed", detail: "z@example.com" }] },
      { title: "Traces", entries: [], missing: true },
    ],
  };
  await open();
  await press("k", { metaKey: true });
  await type("zed");
  const status = () => host.querySelector("dialog [role=status]")?.textContent;
  expect(status()).toContain("Searching …");
  await act(async () => void (await vi.advanceTimersByTimeAsync(150)));
  expect(options()).toEqual(["Zedz@example.com"]);
  expect(status()).toBe("Traces cannot be searched right now.");
  await act(async () => host.querySelector<HTMLElement>("[role=option]")?.click());
  expect(shown()).toBe("/app/settings");
});

test("the palette says when there is nothing, and changes the theme", async () => {
  await open();
  await press("/");
  await type("q");
  expect(host.querySelector("dialog [role=status]")?.textContent).toBe("Nothing is called “q”.");
  await type("dark theme");
  expect(options()).toEqual(["Dark theme"]);
  await press("Enter");
  expect(stored.mock.calls[0]?.[0].get("theme")).toBe("dark");
  expect(host.querySelector("dialog")).toBeNull();
});

test("g and a letter lead to a page, unless somebody types or has switched single keys off", async () => {
  await open();
  await press("g");
  await press("b");
  expect(shown()).toBe("/app/billing");
  all("input[aria-label=Field]")[0]?.focus();
  await press("g");
  await press("p");
  await press("?");
  expect(shown()).toBe("/app/billing");
  expect(host.querySelector("dialog")).toBeNull();
  (document.activeElement as HTMLElement).blur();
  setSingleKeys(false);
  await press("g");
  await press("p");
  expect(shown()).toBe("/app/billing");
  await press("k", { ctrlKey: true });
  expect(host.querySelector("dialog")).not.toBeNull();
});

test("the keys are listed with a switch, which is remembered", async () => {
  await open();
  await press("?");
  const dialog = host.querySelector("dialog");
  expect(dialog?.textContent).toContain("BillingGB");
  await act(async () => host.querySelector<HTMLElement>("dialog [type=checkbox]")?.click());
  expect(dialog?.textContent).not.toContain("BillingGB");
  await act(async () => all("dialog button").at(-1)?.click());
  expect(host.querySelector("dialog")).toBeNull();
  await press("?");
  expect(host.querySelector("dialog")).toBeNull();
});

test("a theme applies before the server has answered, and the page stays", async () => {
  let answer = (_: unknown) => {};
  stored.mockReturnValue(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  await open("/app/billing");
  const dark = all("#account-menu button").find(({ textContent }) => textContent === "Dark");
  await act(async () => dark?.click());
  expect(host.querySelector("output")?.textContent).toBe("dark");
  expect(dark?.getAttribute("aria-pressed")).toBe("true");
  await act(async () => answer({ saved: false }));
  expect(shown()).toBe("/app/billing");
  expect(stored.mock.calls[0]?.[0].has("back")).toBe(false);
  expect(useToasts.getState().toasts.map(({ title }) => title)).toEqual(["Your theme isn’t saved yet"]);
  useToasts.getState().dismiss("appearance");
});

test("the rail collapses at once", async () => {
  stored.mockReturnValue(new Promise(() => {}));
  await open();
  await act(async () => all("button[name=rail]")[0]?.click());
  expect(all("button[name=rail]")[0]?.textContent).toBe("Expand the menu");
  expect(all("nav[aria-label=Pages] li a")[3]?.title).toBe("Billing");
});

test("the menu names its owner in their own direction, and links the other front", async () => {
  await open();
  const menu = host.querySelector("#account-menu");
  expect(menu?.getAttribute("popover")).toBe("auto");
  expect(menu?.querySelector("[dir=auto]")?.textContent).toBe(PERSON.name);
  expect(menu?.textContent).toContain(PERSON.email);
  expect(menu?.querySelector("a[href='http://a']")?.textContent?.trim()).toBe("Administration");
});
