/** What is opened or marked is read: at once for the eye, and then for the server. */
import type { Notification } from "@dashboard/front/api/types.ts";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PAGE } from "../news.ts";
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

async function open(notification: Notification) {
  const action = async ({ request }: { request: Request }) => sent(String(await request.text())) ?? null;
  const element = <NotificationList items={[notification]} />;
  const routes = [
    { path: PAGE, element, action },
    { path: "*", element: "elsewhere" },
  ];
  const router = createMemoryRouter(routes, { initialEntries: [PAGE] });
  await act(async () => createRoot(host).render(<RouterProvider router={router} />));
}

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

test("what is marked shows as read before the server has answered, with the focus on its line", async () => {
  const answer = Promise.withResolvers<null>();
  sent.mockReturnValue(answer.promise);
  await open(NEWS);
  await click("[value=read]");
  expect(host.textContent).not.toContain("Unread");
  expect(host.querySelector("[value=read]")).toBeNull();
  expect(document.activeElement).toBe(host.querySelector("li"));
  await act(async () => answer.resolve(null));
  expect(sent.mock.calls[0]?.[0]).toContain("id=n1");
});
