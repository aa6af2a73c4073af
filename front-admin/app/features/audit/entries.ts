/** The entries that are on the page: those that it came with, and those that were loaded after them. */
import type { AuditEntry, AuditPage } from "@dashboard/front/api/types.ts";

export interface Shown {
  /** Which list they are of; another one starts anew. */
  list: string;
  items: AuditEntry[];
  /** Addresses by id. */
  people: Record<string, string>;
  next: string | null;
}

export function firstPage(list: string, { items, people, next_cursor }: AuditPage): Shown {
  return { list, items, people, next: next_cursor ?? null };
}

/** A page that was asked for twice adds nothing the second time. */
export function withPage(shown: Shown, { items, people, next_cursor }: AuditPage): Shown {
  const known = new Set(shown.items.map(({ id }) => id));
  return {
    ...shown,
    items: [...shown.items, ...items.filter(({ id }) => !known.has(id))],
    people: { ...shown.people, ...people },
    next: next_cursor ?? null,
  };
}

/** `client disconnected` out of `client_disconnected`. */
export const words = (name: string): string => name.replaceAll("_", " ");

/** How a detail is shown: `user: ann@example.com` of a `user_id` whose address is known. */
export function detail(name: string, value: string, people: Shown["people"]): { term: string; text: string } {
  const address = people[value];
  return address ? { term: words(name.replace(/_id$/, "")), text: address } : { term: words(name), text: value };
}
