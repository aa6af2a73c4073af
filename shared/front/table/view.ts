/** What a table's view is made of stands in the address: order, filters, density, the row that is open. */

/** They belong to one page of one list, and go when the list becomes another one. */
const OF_ONE_PAGE = ["cursor", "show", "done"];

/** The address of the same page with other parameters; a null or blank one is taken out. */
export function withParams(params: URLSearchParams, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(params);
  for (const name of OF_ONE_PAGE) query.delete(name);
  return applied(query, changes);
}

/** The same list, at the same place. */
export function here(params: URLSearchParams, changes: Record<string, string | null>): string {
  return applied(new URLSearchParams(params), changes);
}

function applied(query: URLSearchParams, changes: Record<string, string | null>): string {
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  return `?${query}`;
}

export interface Sorting {
  /** For `aria-sort`; nothing for a column that the list is not sorted by. */
  now?: "ascending" | "descending";
  /** What a click on the header sorts by. */
  next: string;
}

/** `sort` is the order of the list: `name`, or `-name` for the reverse. */
export function sortingOf(key: string, sort: string): Sorting {
  if (sort === key) return { now: "ascending", next: `-${key}` };
  return sort === `-${key}` ? { now: "descending", next: key } : { next: key };
}

export type Density = "comfortable" | "compact";

export const densityIn = (params: URLSearchParams): Density =>
  params.get("density") === "compact" ? "compact" : "comfortable";
