/** The toast of a notification: whoever opens it has read it. */
import type { Notification } from "@dashboard/front/api/types.ts";
import { useToasts } from "@dashboard/front/live/toasts.ts";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { PAGE } from "./news.ts";
import { useNews } from "./use-news.ts";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
afterEach(() => useToasts.setState({ toasts: [] }));

const NEWS = { id: "n1", title: "Invoice 7", body: "", link: "/app/billing", quiet: false, read_at: null } as unknown;

test("opening the toast of a notification marks it as read", async () => {
  const sent = vi.fn<(form: string) => void>();
  let announce: ReturnType<typeof useNews> = () => {};
  const Page = () => {
    announce = useNews();
    return null;
  };
  const action = async ({ request }: { request: Request }) => {
    sent(await request.text());
    return null;
  };
  const router = createMemoryRouter([
    { path: "/", Component: Page },
    { path: PAGE, action, element: null },
  ]);
  await act(async () => createRoot(document.createElement("div")).render(<RouterProvider router={router} />));
  await act(async () => announce(NEWS as Notification));
  await vi.waitFor(() => expect(useToasts.getState().toasts).toHaveLength(1));
  expect(sent).not.toHaveBeenCalled();
  await act(async () => useToasts.getState().toasts[0]?.onOpen?.());
  expect(sent).toHaveBeenCalledWith("intent=read&id=n1&then=stay");
});
