/** What a form asks: a feature's `FIELDS` say it, a line each, and its form, conflict and summary follow from them. */
import type { HTMLInputTypeAttribute } from "react";
import { text } from "./values.ts";

/** How an ordinary input asks; a field without one has a control of its own in the form. */
export interface Input {
  as?: "textarea" | "checkbox" | "select";
  type?: HTMLInputTypeAttribute;
  autoComplete?: string;
  optional?: boolean;
  required?: boolean;
  maxLength?: number;
  min?: number;
  max?: number;
  rows?: number;
  options?: readonly string[];
}

/** `initial` is the value of what is new; `read` makes a value of what the form sends, which is empty for a missing one. */
export interface FormField<Value> {
  label: string;
  initial: Value;
  read: (text: string) => Value;
  input?: Input;
  /** Whether the summary lists it by its label. */
  summary?: boolean;
}

export const trimmed = (text: string) => text.trim();

export const asItIs = (text: string) => text;

export const checked = (text: string) => text === "true";

/** What is no number goes to the service as it is, which says so at the field. */
export const number = (text: string) => (Number.isFinite(Number(text)) ? Number(text) : (text as never));

/** An empty text is none. */
export function orNone<Value>(read: (text: string) => Value) {
  return (text: string) => (text.trim() ? read(text) : null);
}

/** `value` as a form holds it. */
export function written(value: unknown): string {
  return String(value ?? "");
}

/** `value` as people read it. */
export function displayed(value: unknown): string {
  return typeof value === "boolean" ? (value ? "Yes" : "No") : written(value);
}

/** One of the values that a select offers; the service refuses any other. */
export const chosen = (text: string) => text as never;

/** A form's fields by the names of an entity's. */
export type FormFields<Values> = { [Name in keyof Values]: FormField<Exclude<Values[Name], undefined>> };

/** What a form of `fields` holds before anything is typed. */
export function emptyForm<Values>(fields: FormFields<Values>): Values {
  return each(fields, ({ initial }) => initial);
}

/** What a form of `fields` has sent. */
export function readForm<Values>(fields: FormFields<Values>, form: FormData): Values {
  return each(fields, ({ read }, name) => read(text(form, name)));
}

function each<Values>(fields: FormFields<Values>, make: (field: FormField<unknown>, name: string) => unknown): Values {
  const all = Object.entries<FormField<unknown>>(fields);
  return Object.fromEntries(all.map(([name, field]) => [name, make(field, name)])) as Values;
}
