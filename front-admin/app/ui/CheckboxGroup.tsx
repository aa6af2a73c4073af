interface CheckboxGroupProps {
  label: string;
  /** What choosing none means. */
  none?: string;
  name: string;
  /** Texts by value. */
  options: Record<string, string>;
  chosen: string[];
}

/** Boxes of one field, of which any number can be checked. */
export function CheckboxGroup({ label, none, name, options, chosen }: CheckboxGroupProps) {
  return (
    <fieldset>
      <legend className="text-sm font-semibold">
        {label} {none && <span className="font-normal text-ink-faint">({none})</span>}
      </legend>
      <div className="mt-1.5 flex flex-wrap gap-x-5 gap-y-2">
        {Object.entries(options).map(([value, text]) => (
          <label key={value} className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
              className="size-4.5"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
