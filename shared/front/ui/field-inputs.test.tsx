import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { checked, emptyForm, type FormFields, number, orNone, readForm, trimmed } from "../forms/fields.ts";
import { FieldInputs, FieldList } from "./field-inputs.tsx";

interface Thing {
  title: string;
  count?: number | null;
  done: boolean;
}

const FIELDS: FormFields<Thing> = {
  title: { label: "Title", initial: "", read: trimmed, input: { required: true, maxLength: 9 } },
  count: { label: "Count", initial: null, read: orNone(number), input: { type: "number", optional: true } },
  done: { label: "Done", initial: false, read: checked, input: { as: "checkbox" } },
};

function form(values: Record<string, string>): FormData {
  const sent = new FormData();
  for (const [name, value] of Object.entries(values)) sent.set(name, value);
  return sent;
}

test("what a form sends becomes values", () => {
  const sent = form({ title: " A ", count: "3", done: "true" });
  expect(readForm(FIELDS, sent)).toEqual({ title: "A", count: 3, done: true });
  expect(readForm(FIELDS, form({ title: "" }))).toEqual(emptyForm(FIELDS));
});

test("each field has its control, and what was refused stands at it", () => {
  const errors = [{ field: "title", message: "Use at most 9 characters." }];
  const problem = { type: "about:blank", title: "Invalid", status: 422, errors };
  const page = renderToStaticMarkup(<FieldInputs fields={FIELDS} values={emptyForm(FIELDS)} problem={problem} />);
  expect(page).toContain('maxLength="9"');
  expect(page).toContain("Use at most 9 characters.");
  expect(page).toContain('type="number"');
});

test("a list leaves out what has no value", () => {
  const page = renderToStaticMarkup(<FieldList fields={FIELDS} values={{ title: "A", count: null, done: true }} />);
  expect(page).toMatch(/Title.*A.*Done.*Yes/);
  expect(page).not.toContain("Count");
});
