/** What stands in for a page that could not be made, by status. */
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, test } from "vitest";
import { ErrorCard, ErrorPage } from "./error-page.tsx";

function inRouter(element: React.ReactNode, at = "/app"): HTMLElement {
  const host = document.createElement("div");
  const router = createMemoryRouter([{ path: "*", element }], { initialEntries: [at] });
  host.innerHTML = renderToStaticMarkup(<RouterProvider router={router} />);
  return host;
}

const links = (host: HTMLElement) =>
  [...host.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")]);
const routeError = (status: number, data: object | null = null) => ({ status, data, statusText: "", internal: false });

test.each([
  [404, null, "404", "Nothing hangs on this hook", ""],
  [403, null, "403", "You don’t have access to this page", "Ask an administrator"],
  [400, null, "400", "We couldn’t understand that", "Go back and try again."],
  [400, { detail: "No such plan." }, "400", "We couldn’t understand that", "No such plan."],
  [413, null, "413", "That was too large", "Go back and try a smaller file or a shorter text."],
  [413, { detail: "64 kB." }, "413", "That was too large", "64 kB."],
  [503, null, "Soon", "Back in a moment", "Part of the service isn’t responding."],
  [503, { detail: "Later." }, "Soon", "Back in a moment", "Later."],
  [500, { detail: "secret" }, "500", "Something went wrong on our side", "We’ve logged the error."],
  [418, null, "500", "Something went wrong on our side", "We’ve logged the error."],
])("a page refused with %i and %j says %s: %s", (status, data, code, title, detail) => {
  const page = inRouter(<ErrorCard error={routeError(status, data)} home="/home" />);
  expect(page.querySelector("p")?.textContent).toBe(code);
  expect(page.querySelector("h1")?.textContent).toBe(title);
  expect(page.querySelector("h1 + p")?.textContent).toContain(detail);
});

test("only what may pass can be tried again; only what is away tries by itself", () => {
  const of = (status: number) => inRouter(<ErrorCard error={routeError(status)} home="/home" />, "/app/x");
  expect(links(of(404))).toEqual([["Back to home", "/home"]]);
  expect(links(of(500))).toEqual([
    ["Try again", "/app/x"],
    ["Back to home", "/home"],
  ]);
  expect(of(500).textContent).not.toContain("tries again by itself");
  expect(of(503).textContent).toContain("This page tries again automatically.");
  expect(links(of(503))).toHaveLength(2);
});

test("an error of our code is a 500 without its words; a problem names its reference", () => {
  const broken = inRouter(<ErrorPage error={new Error("secret")} home="/" />);
  expect(broken.querySelector("main#main h1")?.textContent).toBe("Something went wrong on our side");
  expect(broken.textContent).not.toMatch(/secret|Reference/);
  const known = inRouter(<ErrorCard error={routeError(503, { correlation_id: "request-1" })} home="/" />);
  expect(known.textContent).toContain("Reference for support: request-1");
});

test("a front names a missing page in its own words, and nothing else", () => {
  const of = (status: number) =>
    inRouter(<ErrorCard error={routeError(status)} home="/" missing="Page not found" />).querySelector("h1")
      ?.textContent;
  expect(of(404)).toBe("Page not found");
  expect(of(403)).toBe("You don’t have access to this page");
});
