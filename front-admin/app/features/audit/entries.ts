/** The entries that are on the page: those that it came with, and those that were loaded after them. */
import type { AuditEntry, Page } from "@dashboard/front/api/types.ts";

export interface Shown {
  /** Which list they are of; another one starts anew. */
  list: string;
  items: AuditEntry[];
  next: string | null;
}

export function first(list: string, { items, next_cursor }: Page<AuditEntry>): Shown {
  return { list, items, next: next_cursor ?? null };
}

/** A page that was asked for twice adds nothing the second time. */
export function grown(shown: Shown, { items, next_cursor }: Page<AuditEntry>): Shown {
  const known = new Set(shown.items.map(({ id }) => id));
  return { ...shown, items: [...shown.items, ...items.filter(({ id }) => !known.has(id))], next: next_cursor ?? null };
}

/** `client disconnected` out of `client_disconnected`. */
export const words = (name: string): string => name.replaceAll("_", " ");
