/** How long a page shows what the form before it had to say. */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, Outlet, RouterProvider } from "react-router";
import { beforeEach, expect, test } from "vitest";
import { PageHeader } from "../ui/card.tsx";
import { FlashProvider } from "./flash.tsx";

beforeEach(() => void Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));

/** Pages below a root whose loader reads `messages`, one each time. */
async function open(...messages: (string | null)[]) {
  let id = 0;
  const loader = () => {
    const message = messages.shift() ?? null;
    id += 1;
    return { flash: message && { id: String(id), message, cookie: "flash" } };
  };
  const Root = () => (
    <FlashProvider>
      <Outlet />
    </FlashProvider>
  );
  const children = ["/", "/other"].map((path) => ({ path, element: <PageHeader title={path} /> }));
  const root = { id: "root", loader, Component: Root, HydrateFallback: () => null, children };
  const router = createMemoryRouter([root]);
  const host = document.body.appendChild(document.createElement("div"));
  await act(async () => createRoot(host).render(<RouterProvider router={router} />));
  const says = () => host.querySelector(".success-message")?.textContent ?? null;
  const go = (to: string | number) => act(async () => void (await router.navigate(to as string)));
  return { says, go, reread: () => act(() => router.revalidate()) };
}

test("its cookie is deleted once it is shown", async () => {
  await cookieStore.set("flash", "signed");
  await open("Saved.");
  await expect.poll(() => cookieStore.get("flash")).toBeNull();
});

test("it stays while the page's data is read again, and has the focus", async () => {
  const { says, reread } = await open("Saved.");
  expect(says()).toBe("Saved.");
  expect(document.activeElement?.textContent).toBe("Saved.");
  await reread();
  expect(says()).toBe("Saved.");
});

test("the next step takes it away, and Back does not bring it again", async () => {
  const { says, go } = await open("Saved.");
  await go("/other");
  expect(says()).toBeNull();
  await go(-1);
  expect(says()).toBeNull();
});

test("the same words again are another message", async () => {
  const { says, go, reread } = await open("Saved.", "Saved.");
  await go("/other");
  await reread();
  expect(says()).toBe("Saved.");
});

test("a page that the browser brings back as it was says it no more", async () => {
  const { says } = await open("Saved.");
  await act(async () => void dispatchEvent(new Event("pagehide")));
  expect(says()).toBeNull();
});
