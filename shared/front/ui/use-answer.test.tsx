import { act } from "react";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, Form, RouterProvider, useActionData } from "react-router";
import { expect, test } from "vitest";
import { useAnswer } from "./use-answer.ts";

function Page() {
  return (
    <Form method="post">
      <output>{useAnswer(useActionData<string>()) ?? "nothing"}</output>
    </Form>
  );
}

test("an answer outlives a new reading of the page, and ends with the next page", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const routes = [{ path: "/", Component: Page, loader: () => null, action: () => "refused" }];
  const router = createMemoryRouter(routes);
  const box = document.createElement("div");
  await act(async () => createRoot(box).render(<RouterProvider router={router} />));
  const shown = () => box.querySelector("output")?.textContent;
  await act(() => router.navigate("/", { formMethod: "post", formData: new FormData() }));
  expect(shown()).toBe("refused");
  await act(() => router.revalidate());
  expect(router.state.actionData).toBeNull();
  expect(shown()).toBe("refused");
  await act(() => router.navigate("/"));
  expect(shown()).toBe("nothing");
});
