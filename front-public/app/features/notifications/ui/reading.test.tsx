/** What is opened or marked is read: at once for the eye, and then for the server. */
import type { Notification } from "@dashboard/front/api/types.ts";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, RouterProvider, useLoaderData } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PAGE } from "../news.ts";
import { useJustRead } from "../use-just-read.ts";
import { NotificationList } from "./NotificationList.tsx";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const NEWS = { id: "n1", kind: "invoice", title: "Invoice 7", body: "", link: "/app/billing", read_at: null, created_at: "2026-11-30T10:00:00Z" } as unknown as Notification; // biome-ignore format: one notification
let host: HTMLElement;
const sent = vi.fn<(form: string) => unknown>();

beforeEach(() => {
  sent.mockReset();
  host = document.body.appendChild(document.createElement("div"));
});
afterEach(() => host.remove());

/** A list with that notification; `sent` gives what the server refuses. */
async function open(notification: Notification) {
  let known = notification;
  const action = async ({ request }: { request: Request }) => {
    const form = new URLSearchParams(await request.text());
    const refusal = await sent(String(form));
    if (refusal) return refusal;
    known = { ...known, read_at: form.get("intent") === "read" ? "2026-11-30T11:00:00Z" : null };
    return { intent: form.get("intent") };
  };
  const List = () => <NotificationList items={useLoaderData() as Notification[]} />;
  const routes = [
    { path: PAGE, Component: List, loader: () => [known], action, HydrateFallback: () => null },
    { path: "*", element: "elsewhere" },
  ];
  const router = createMemoryRouter(routes, { initialEntries: [PAGE] });
  await act(async () => createRoot(host).render(<RouterProvider router={router} />));
}

const isUnread = () => host.textContent?.includes("Unread");
const status = () => host.querySelector("[role=status]")?.textContent;
const click = (selector: string) => act(async () => (host.querySelector(selector) as HTMLElement).click());

test("opening what a notification is about reads it", async () => {
  await open(NEWS);
  await click("a");
  expect(host.textContent).toBe("elsewhere");
  expect(sent).toHaveBeenCalledWith("intent=read&id=n1&then=stay");
});

test("what was read before is opened and nothing more", async () => {
  await open({ ...NEWS, read_at: NEWS.created_at });
  await click("a");
  expect(sent).not.toHaveBeenCalled();
});

test("what is marked shows as read before the server has answered, and the same button undoes it", async () => {
  const answer = Promise.withResolvers<void>();
  sent.mockReturnValueOnce(answer.promise);
  await open(NEWS);
  const button = host.querySelector("[name=intent]") as HTMLButtonElement;
  button.focus();
  await click("[value=read]");
  expect([isUnread(), status(), button.textContent]).toEqual([false, "Marked as read.", " Undo"]);
  await click("[value=unread]");
  expect(sent).toHaveBeenCalledTimes(1); // not before the first answer
  await act(async () => answer.resolve());
  await click("[value=unread]");
  expect(sent.mock.calls[1]?.[0]).toContain("id=n1&intent=unread");
  expect([isUnread(), status(), button.value]).toEqual([true, "Marked as unread.", "read"]);
  expect(document.activeElement).toBe(button);
});

test("what the server refuses shows as before, with the reason", async () => {
  await open(NEWS);
  const problem = { type: "urn:x", title: "Gone", detail: "You have no such notification.", status: 404 };
  sent.mockReturnValue({ intent: "read", problem });
  await click("[value=read]");
  expect(host.querySelector("[role=alert]")?.textContent).toBe(problem.detail);
  expect([isUnread(), status()]).toEqual([true, ""]);
});

test("in a list of the unread what was read stays until somebody goes on, and can be undone", async () => {
  let items = [{ ...NEWS, id: "n2" }, NEWS];
  const action = async ({ request }: { request: Request }) => {
    const form = new URLSearchParams(await request.text());
    items = form.get("intent") === "read" ? items.slice(0, 1) : [...items, NEWS];
    return { intent: form.get("intent") };
  };
  const List = () => {
    const { shown, keep } = useJustRead(useLoaderData() as Notification[]);
    return <NotificationList items={shown} onRead={keep} />;
  };
  const routes = [{ path: PAGE, Component: List, loader: () => items, action, HydrateFallback: () => null }];
  const router = createMemoryRouter(routes, { initialEntries: [PAGE] });
  await act(async () => createRoot(host).render(<RouterProvider router={router} />));
  const lines = () => [...host.querySelectorAll("li")].map((line) => line.textContent?.includes("Unread"));
  await click("li:last-child [value=read]");
  expect(lines()).toEqual([true, false]);
  await click("li:last-child [value=unread]");
  expect(lines()).toEqual([true, true]);
  await click("li:last-child [value=read]");
  await act(() => router.navigate(PAGE));
  expect(lines()).toEqual([true]);
});
