import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";

/** What the server renders of `element`, on a page at the address `at`. */
export function shown(element: ReactNode, at = "/"): HTMLElement {
  const host = document.createElement("div");
  const router = createMemoryRouter([{ path: "*", element }], { initialEntries: [at] });
  host.innerHTML = renderToStaticMarkup(<RouterProvider router={router} />);
  return host;
}
