import { type FormField, type Input, written } from "../forms/fields.ts";
import { SelectField, TextArea, TextField } from "./field.tsx";

interface FieldInputProps {
  name: string;
  field: FormField<never> | FormField<unknown>;
  value: unknown;
  errors: string[];
}

const CHECKBOX = [
  { value: "false", label: "No" },
  { value: "true", label: "Yes" },
];

/** The control that `field.input` describes; a long text takes the whole width of its grid. */
export function FieldInput({ name, field: { label, input = {} }, value, errors }: FieldInputProps) {
  const { as, options, optional, rows, ...attributes } = input;
  const common = { label, name, errors, optional, defaultValue: written(value) };
  if (as === "textarea") {
    return (
      <div className="sm:col-span-2">
        <TextArea {...common} rows={rows} maxLength={attributes.maxLength} required={attributes.required} />
      </div>
    );
  }
  if (as === "checkbox") return <SelectField {...common} options={CHECKBOX} />;
  if (as === "select") return <SelectField {...common} options={choices(options, optional)} />;
  return <TextField {...common} {...attributes} />;
}

function choices(options: Input["options"] = [], optional: boolean | undefined) {
  const offered = options.map((value) => ({ value, label: value }));
  return optional ? [{ value: "", label: "(none)" }, ...offered] : offered;
}
