import type { SelectHTMLAttributes } from "react";
import { cx } from "./cx.ts";

export interface Option {
  value: string;
  label: string;
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "defaultValue" | "children"> {
  options: readonly Option[];
  /** What is stored: when it is none of `options` it is one more, so that saving the form does not change it. */
  defaultValue?: string;
}

export function Select({ options, defaultValue, className, ...rest }: SelectProps) {
  const known = !defaultValue || options.some(({ value }) => value === defaultValue);
  const shown = known ? options : [...options, { value: defaultValue, label: defaultValue }];
  return (
    <select className={cx("control select", className)} defaultValue={defaultValue} {...rest}>
      {shown.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** `{ month: "Month" }` as options. */
export function optionsOf(labels: Readonly<Record<string, string>>): Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
