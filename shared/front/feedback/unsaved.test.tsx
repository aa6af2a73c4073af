/** Before a page is left on which something is typed and not saved, somebody is asked; nobody is asked about what is saved. */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { createMemoryRouter, Outlet, RouterProvider, useActionData } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Problem } from "../api/types.ts";
import { GuardedForm } from "../ui/form.tsx";
import { useUnsaved } from "./unsaved.ts";
import { UnsavedGuard } from "./unsaved-guard.tsx";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let host: HTMLElement;
let root: Root;
const answer = vi.fn<() => unknown>();

function Page({ changed = false }: { changed?: boolean }) {
  const problem = useActionData() as Problem | undefined;
  return (
    <GuardedForm guard changed={changed} problem={problem}>
      <input name="bio" defaultValue="old" />
    </GuardedForm>
  );
}

async function open(page = <Page />) {
  const element = (
    <>
      <UnsavedGuard />
      <Outlet />
    </>
  );
  const children = [
    { path: "/", element: page, action: () => answer() ?? null },
    { path: "/other", element: "other" },
  ];
  const router = createMemoryRouter([{ element, children }]);
  await act(async () => {
    root.render(<RouterProvider router={router} />);
    await vi.dynamicImportSettled();
  });
  return {
    go: (to: string) => act(() => router.navigate(to)),
    save: () =>
      act(async () => {
        host.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      }),
    at: () => router.state.location.pathname,
  };
}

async function type(value: string) {
  const input = host.querySelector("input") as HTMLInputElement;
  input.value = value;
  await act(async () => {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.dynamicImportSettled();
  });
}

const question = () => host.querySelector("dialog.unsaved");
const press = (words: string) =>
  act(async () => [...host.querySelectorAll("button")].find(({ textContent }) => textContent === words)?.click());
const warns = () => {
  const event = new Event("beforeunload", { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
};

beforeEach(() => {
  answer.mockReset();
  host = document.body.appendChild(document.createElement("div"));
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
  expect(useUnsaved.getState().forms.size).toBe(0);
});

test("what is typed holds the page until somebody leaves it", async () => {
  const { go, at } = await open();
  await type("new");
  expect(warns()).toBe(true);
  await go("/other");
  expect([at(), question()?.textContent]).toEqual(["/", expect.stringContaining("isn’t saved yet")]);
  await press("Stay");
  expect([at(), question(), host.querySelector("input")?.value]).toEqual(["/", null, "new"]);
  await go("/other");
  await press("Leave");
  expect([at(), question()]).toEqual(["/other", null]);
});

test("what is as it was holds nobody", async () => {
  const { go, at } = await open();
  await type("new");
  await type("old");
  expect(warns()).toBe(false);
  await go("/other");
  expect(at()).toBe("/other");
});

test("what is saved holds nobody any more, what was refused still does", async () => {
  const { go, save, at } = await open();
  await type("new");
  answer.mockReturnValueOnce({ type: "urn:x", title: "No", status: 422 });
  await save();
  await go("/other");
  expect(question()).not.toBeNull();
  await press("Stay");
  await save();
  await go("/other");
  expect(at()).toBe("/other");
});

test("a filter of the same page asks nobody, and what was typed before counts from the start", async () => {
  const { go, at } = await open(<Page changed />);
  await go("/?q=1");
  expect(question()).toBeNull();
  await go("/other");
  expect([at(), question() === null]).toEqual(["/", false]);
  await press("Leave");
});
