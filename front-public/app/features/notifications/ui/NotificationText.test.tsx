import type { Notification } from "@dashboard/front/api/types.ts";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { NotificationText } from "./NotificationText.tsx";

const render = (changes: Partial<Notification>) => {
  const notification: Notification = {
    id: "1",
    user_id: "u",
    kind: "invoice",
    title: "Invoice",
    quiet: false,
    body: "<b>12</b>",
    created_at: "2026-11-23T12:00:00Z",
    ...changes,
  };
  const router = createMemoryRouter([{ path: "*", element: <NotificationText notification={notification} /> }]);
  return renderToStaticMarkup(<RouterProvider router={router} />);
};

test("text stays text", () => expect(render({})).toContain("&lt;b&gt;12&lt;/b&gt;"));

test("only a path of ours becomes a link", () => {
  expect(render({ link: "/app/billing" })).toContain('href="/app/billing"');
  for (const link of ["https://evil.example", "//evil.example", "javascript:alert(1)"]) {
    expect(render({ link })).not.toContain("href");
  }
});

test("unread is said in words, not only by colour", () => {
  expect(render({})).toContain("Unread: ");
  expect(render({ read_at: "2026-11-23T12:01:00Z" })).not.toContain("Unread: ");
});
