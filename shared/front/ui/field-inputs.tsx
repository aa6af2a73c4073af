import { fieldErrors } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { displayed, type FormField, type FormFields } from "../forms/fields.ts";
import { FieldInput } from "./field-input.tsx";

interface FieldsProps<Values> {
  fields: FormFields<Values>;
  values: Values;
}

/** A control for each field, with what the server refused. */
export function FieldInputs<Values>({ fields, values, problem }: FieldsProps<Values> & { problem?: Problem }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {listed(fields, values).map(({ name, field, value }) => (
        <FieldInput key={name} name={name} field={field} value={value} errors={fieldErrors(problem, name)} />
      ))}
    </div>
  );
}

/** The fields by their labels, as people read them; those without a value are left out. */
export function FieldList<Values>({ fields, values }: FieldsProps<Values>) {
  return (
    <dl className="grid gap-1">
      {listed(fields, values)
        .filter(({ value }) => displayed(value))
        .map(({ name, field, value }) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="text-ink-faint">{field.label}</dt>
            <dd className="min-w-0 whitespace-pre-line wrap-anywhere">{displayed(value)}</dd>
          </div>
        ))}
    </dl>
  );
}

function listed<Values>(fields: FormFields<Values>, values: Values) {
  const byName = values as Record<string, unknown>;
  return Object.entries<FormField<unknown>>(fields).map(([name, field]) => ({ name, field, value: byName[name] }));
}
