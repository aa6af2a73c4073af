import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TextField } from "./field.tsx";

let root: Root;
let host: HTMLElement;

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  host = document.createElement("div");
  document.body.append(host);
  root = createRoot(host);
});
afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

const show = (errors: string[]) =>
  act(() => root.render(<TextField label="Name" name="name" hint="Yours" errors={errors} />));

test("label, hint and the server's message belong to the field", () => {
  show(["Please enter a name."]);
  const input = host.querySelector("input") as HTMLInputElement;
  expect(host.querySelector("label")?.htmlFor).toBe(input.id);
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const told = (input.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(told).toEqual(["Yours", "Please enter a name."]);
});

test("a message goes when the field is changed, and comes back when the server repeats it after another answer", () => {
  show(["Taken."]);
  const input = host.querySelector("input") as HTMLInputElement;
  act(() => void input.dispatchEvent(new Event("input", { bubbles: true })));
  expect(host.querySelector(".field-error")).toBeNull();
  show([]);
  show(["Taken."]);
  expect(host.querySelector(".field-error")?.textContent).toBe("Taken.");
});
