/** The control that a field's description asks for, with what is stored in it. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { FormField } from "../forms/fields.ts";
import { FieldInput } from "./field-input.tsx";

function shown(input: FormField<unknown>["input"], value: unknown, errors: string[] = []): HTMLElement {
  const field = { label: "Note", initial: "", read: String, input } as unknown as FormField<unknown>;
  const host = document.createElement("div");
  host.innerHTML = renderToStaticMarkup(<FieldInput name="note" field={field} value={value} errors={errors} />);
  return host;
}

const options = (host: HTMLElement) =>
  [...host.querySelectorAll("option")].map((option) => option.value + (option.hasAttribute("selected") ? "*" : ""));

test("without a description it is a line of text", () => {
  const host = shown(undefined, "Words", ["Too short."]);
  expect(host.querySelector("input")?.getAttribute("value")).toBe("Words");
  expect(host.querySelector("input")?.getAttribute("name")).toBe("note");
  expect(host.querySelector(".field-error")?.textContent).toBe("Too short.");
});

test("a line has the limits that it is described with", () => {
  const input = shown({ required: true, maxLength: 80 }, "").querySelector("input");
  expect([input?.required, input?.maxLength]).toEqual([true, 80]);
});

test("a long text has rows and limits", () => {
  const text = shown({ as: "textarea", rows: 4, maxLength: 9, optional: true }, "Words");
  expect(text.querySelector("textarea")?.textContent).toBe("Words");
  expect(text.querySelector("textarea")?.getAttribute("rows")).toBe("4");
  expect(text.querySelector("textarea")?.maxLength).toBe(9);
  expect(text.querySelector("label")?.textContent).toBe("Note (optional)");
  expect(text.querySelector("input")).toBeNull();
});

test("yes or no is a choice of two", () => {
  expect(options(shown({ as: "checkbox" }, true))).toEqual(["false", "true*"]);
});

test("a choice has its options, and none of them where it is optional", () => {
  expect(options(shown({ as: "select", options: ["a", "b"] }, "b"))).toEqual(["a", "b*"]);
  expect(options(shown({ as: "select", options: ["a"], optional: true }, "a"))).toEqual(["", "a*"]);
  expect(options(shown({ as: "select" }, ""))).toEqual([]);
});
