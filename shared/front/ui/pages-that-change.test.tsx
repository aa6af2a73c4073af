/** Parts of pages that do something by themselves: load again, announce, move the focus, open and close. */
import { act, type ReactElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fieldErrors } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { useLive } from "../live/store.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { TextField } from "./field.tsx";
import { GuardedForm } from "./form.tsx";
import { LiveIndicator } from "./live-indicator.tsx";
import { loadLater } from "./load-later.ts";
import { MissingParts } from "./missing-parts.tsx";
import { Notice } from "./notice.tsx";
import { PageAnnouncer } from "./page-announcer.tsx";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let host: HTMLElement;
let root: Root;
const loader = vi.fn<() => unknown>();

async function open(element: React.ReactNode) {
  const routes = [{ id: "page", path: "*", element, loader: () => loader() ?? null, action: () => null }];
  const router = createMemoryRouter(routes);
  await act(async () => root.render(<RouterProvider router={router} />));
  return router;
}
const pass = (milliseconds: number) => act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)));

beforeEach(() => {
  loader.mockReset();
  host = document.createElement("div");
  document.body.append(host);
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
  vi.useRealTimers();
});

test("a page with a missing part says so and loads again, at doubling pauses up to twenty seconds", async () => {
  vi.useFakeTimers();
  loader.mockReturnValue({ invoices: { ok: false, problem: {} }, plan: { ok: true } });
  await open(<MissingParts />);
  expect(host.querySelector(".missing-parts")?.textContent).toContain("Some parts are unavailable.");
  let calls = loader.mock.calls.length;
  for (const pause of [2_000, 4_000, 8_000, 16_000, 20_000, 20_000]) {
    await pass(pause - 1);
    expect(loader.mock.calls.length).toBe(calls);
    await pass(1);
    calls += 1;
    expect(loader.mock.calls.length).toBe(calls);
  }
});

test("a page of which nothing could be loaded does not say that the rest works", async () => {
  loader.mockReturnValue({ invoices: { ok: false }, plan: { ok: false } });
  await open(<MissingParts />);
  const status = host.querySelector(".missing-parts")?.textContent;
  expect(status).toContain("This page can’t be loaded right now.");
  expect(status).not.toContain("works");
});

test("once all is back nothing is shown or loaded, and the pauses begin anew", async () => {
  vi.useFakeTimers();
  loader.mockReturnValueOnce({ a: { ok: false } }).mockReturnValueOnce({ a: { ok: false } });
  const router = await open(<MissingParts />);
  await pass(2_000);
  await pass(4_000);
  expect(host.querySelector(".missing-parts")).toBeNull();
  const calls = loader.mock.calls.length;
  await pass(120_000);
  expect(loader.mock.calls.length).toBe(calls);
  loader.mockReturnValue({ a: { ok: false } });
  await act(() => router.revalidate());
  const again = loader.mock.calls.length;
  await pass(1_999);
  expect(loader.mock.calls.length).toBe(again);
  await pass(1);
  expect(loader.mock.calls.length).toBe(again + 1);
});

test.each([null, "text", { a: 1, b: null, c: "ok" }, { a: { ok: true }, b: { other: 1 } }])(
  "a page with %j misses nothing",
  async (data) => {
    loader.mockReturnValue(data);
    await open(<MissingParts />);
    expect(host.innerHTML).toBe("");
  },
);

test("the page that a link leads to is announced, the first one is not", async () => {
  document.title = "First";
  const router = await open(<PageAnnouncer />);
  const announced = () => host.querySelector("[aria-live=polite]")?.textContent;
  expect(announced()).toBe("");
  document.title = "Second";
  await act(() => router.navigate("/second"));
  expect(announced()).toBe("Second");
  document.title = "Filtered";
  await act(() => router.navigate("/second?q=1"));
  expect(announced()).toBe("Second");
});

test("the result of what somebody just did gets the focus, other news do not", async () => {
  await open(<Notice tone="good" title="Saved" />);
  expect(document.activeElement).toBe(document.body);
  await open(<Notice tone="good" title="Saved" focus />);
  expect(document.activeElement?.textContent).toBe("Saved");
});

test("a refused form leads to the first field that is wrong, else to the problem itself", async () => {
  const problem = { type: "urn:x", title: "Conflict", status: 409, detail: "Taken." };
  await open(<GuardedForm>fields</GuardedForm>);
  expect(host.querySelector("[role=alert]")).toBeNull();
  await open(
    <GuardedForm problem={problem}>
      <input name="fine" />
    </GuardedForm>,
  );
  expect(document.activeElement?.getAttribute("role")).toBe("alert");
  await open(
    <GuardedForm problem={{ ...problem, errors: [{ field: "name", message: "No." }] }}>
      <input name="fine" />
      <input name="name" aria-invalid="true" />
    </GuardedForm>,
  );
  expect(document.activeElement?.getAttribute("name")).toBe("name");
  expect(host.querySelector("[role=alert]")).toBeNull();
});

test("a dialog opens and closes by its buttons where the browser knows no commands", async () => {
  const router = await open(
    <>
      <Button command="show-modal" commandfor="end">
        <b>Open</b>
      </Button>
      <Button command="show-modal" commandfor="other">
        Another
      </Button>
      <Dialog id="end" title="End it?" actions={null}>
        Sure?
      </Dialog>
    </>,
  );
  const dialog = host.querySelector("dialog") as HTMLDialogElement;
  const press = (selector: string) => act(() => (host.querySelector(selector) as HTMLElement).click());
  press("[commandfor=other]");
  press("dialog h2");
  expect(dialog.open).toBe(false);
  press("b");
  expect(dialog.open).toBe(true);
  press("[command=close]");
  expect(dialog.open).toBe(false);
  press("b");
  await act(() => router.navigate("/", { formMethod: "post", formData: new FormData() }));
  expect(dialog.open).toBe(false);
});

test("what the server refuses is said in the open dialog, at the field that is wrong, and what was typed stays", async () => {
  const problem = { type: "urn:x", title: "Invalid", status: 422 };
  const dialog = (refused?: Problem) => (
    <Dialog id="run" title="Start a run" actions={null} problem={refused}>
      <TextField label="Month" name="month" defaultValue="2026-11" errors={fieldErrors(refused, "month")} />
    </Dialog>
  );
  await open(dialog());
  expect(host.querySelector("dialog")?.open).toBe(false);
  const errors = [{ field: "month", message: "Month must be this one or an earlier one." }];
  await open(dialog({ ...problem, errors }));
  expect(host.querySelector("dialog")?.open).toBe(true);
  expect(document.activeElement?.getAttribute("name")).toBe("month");
  expect(host.querySelector(".field-error")?.textContent).toBe(errors[0]?.message);
  expect(host.querySelector("dialog [role=alert]")).toBeNull();
  await open(dialog({ ...problem, detail: "It runs already." }));
  expect(document.activeElement?.textContent).toBe("It runs already.");
});

test("code that cannot be fetched is stood in for, and the page stays", async () => {
  const offline = async (): Promise<{ default: () => ReactElement }> => {
    throw new Error("offline");
  };
  const Gone = loadLater<object>(offline, () => <i>instead</i>);
  await open(<Gone />);
  expect(host.textContent).toBe("instead");
  const Nothing = loadLater<object>(offline);
  await open(<Nothing />);
  expect(host.textContent).toBe("");
  const There = loadLater(async () => ({ default: () => <b>there</b> }));
  await open(<There />);
  expect(host.textContent).toBe("there");
});

test.each([
  ["live", "Live"],
  ["reconnecting", "Reconnecting …"],
  ["offline", "Offline"],
  ["off", "Not live"],
  ["connecting", ""],
  ["idle", ""],
] as const)("a page that is %s says: %s", async (status, words) => {
  useLive.getState().setStatus(status);
  await open(<LiveIndicator />);
  expect(host.querySelector("[role=status]")?.textContent).toBe(words);
});
