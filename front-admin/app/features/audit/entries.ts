/** The entries of the audit log as rows of a table. */
import type { AuditEntry, AuditPage } from "@dashboard/front/api/types.ts";

/** `client disconnected` out of `client_disconnected`. */
export const words = (name: string): string => name.replaceAll("_", " ");

export type AuditRow = AuditEntry & Pick<AuditPage, "people">;

/** The entries as rows of a table, each with the addresses that are known. */
export const rowsOf = ({ items, people }: Pick<AuditPage, "items" | "people">): AuditRow[] =>
  items.map((entry) => ({ ...entry, people }));

/** The details as they are shown: `user: ann@example.com` of a `user_id` whose address is known. */
export function detailsOf({ details, people }: AuditRow) {
  return Object.entries(details).map(([name, value]) => {
    const address = people[value];
    const term = words(address ? name.replace(/_id$/, "") : name);
    return { name, value, term, text: address ?? value };
  });
}
