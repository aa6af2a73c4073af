/** Filters of a list: what each is called, which values it has, and which of them stand in the address. */
import type { Option } from "../ui/select.tsx";

export interface Filter {
  /** The query parameter. */
  name: string;
  label: string;
  /** A choice among these; anything can be typed without them. */
  options?: readonly Option[];
  type?: "text" | "date" | "number";
  placeholder?: string;
  maxLength?: number;
  /** Values to choose from or to begin with, for a filter that takes others as well. */
  suggestions?: readonly string[];
  /** A value in words, where `options` do not say it. */
  say?: (value: string) => string;
}

export interface Chip {
  name: string;
  label: string;
  /** The value in words. */
  value: string;
}

/** The filters that narrow the list now, in the order of `filters`. */
export function chipsIn(filters: readonly Filter[], params: URLSearchParams): Chip[] {
  return filters.flatMap(({ name, label, options, say = (value) => value }) => {
    const value = params.get(name)?.trim();
    if (!value) return [];
    return [{ name, label, value: options?.find((option) => option.value === value)?.label ?? say(value) }];
  });
}

/** The values of the filters `names` for a call, without blank ones. */
export function valuesIn<Name extends string>(
  names: readonly Name[],
  params: URLSearchParams,
): Partial<Record<Name, string>> {
  const given = names.map((name) => [name, params.get(name)?.trim()] as const).filter(([, value]) => value);
  return Object.fromEntries(given) as Partial<Record<Name, string>>;
}
