/** A page of a front with its loader and its action, over a fake `fetch`. */
import { act, type ComponentType } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, RouterProvider, useActionData, useLoaderData } from "react-router";
import { type Answer, asking } from "./asking.ts";

interface PageModule {
  loader?: unknown;
  action?: unknown;
  default: unknown;
}
type Run = (given: object) => unknown;

/** An address, and the path of its page's manifest when that has parameters. */
type Place = string | { at: string; path: string };

/** What it shows, what was asked, where one is, and how its form is sent. */
export async function openPage(module: PageModule, place: Place, ...answers: Answer[]) {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const { session, asked, messages } = asking(...answers);
  const context = { get: () => session };
  const given = (run: unknown) =>
    run
      ? ({ request, params }: { request: Request; params: object }) =>
          (run as Run)({ request, params, context, url: new URL(request.url) })
      : undefined;
  const Shown = module.default as ComponentType<object>;
  const Page = () => <Shown {...{ loaderData: useLoaderData(), actionData: useActionData() }} />;
  const at = typeof place === "string" ? place : place.at;
  const path = typeof place === "string" ? place.split("?", 1)[0] : place.path;
  const page = {
    path,
    Component: Page,
    loader: given(module.loader),
    action: given(module.action),
    HydrateFallback: () => null,
    ErrorBoundary: () => "refused",
  };
  const elsewhere = { path: "*", element: "elsewhere" };
  const router = createMemoryRouter([page, elsewhere] as Parameters<typeof createMemoryRouter>[0], {
    initialEntries: [at],
  });
  const host = document.createElement("div");
  await act(async () => createRoot(host).render(<RouterProvider router={router} />));
  const send = (formData: FormData) => act(() => router.navigate(at, { formMethod: "post", formData }));
  return { host, asked, messages, send, here: () => router.state.location.pathname + router.state.location.search };
}
