/** The filter of the audit log as it stands in the address, and what back-api is asked for. */

export const FIELDS = ["action", "actor", "subject", "from", "to"] as const;
export type AuditFilter = Record<(typeof FIELDS)[number], string>;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MILLISECONDS = 86_400_000;

export function filterIn(params: URLSearchParams): AuditFilter {
  const value = (name: string) => params.get(name)?.trim() ?? "";
  return Object.fromEntries(FIELDS.map((name) => [name, value(name)])) as AuditFilter;
}

export const isNarrowed = (filter: AuditFilter): boolean => FIELDS.some((name) => filter[name] !== "");

/** Days become moments in UTC; the last day is included. What is no day goes as it is, and back-api says what is wrong. */
export function questionOf(filter: AuditFilter): Record<(typeof FIELDS)[number], string | null> {
  const { action, actor, subject, from, to } = filter;
  return {
    action: action.toLowerCase() || null,
    actor: actor || null,
    subject: subject || null,
    from: momentOf(from, 0),
    to: momentOf(to, DAY_MILLISECONDS),
  };
}

function momentOf(day: string, later: number): string | null {
  const at = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? day || null : new Date(at + later).toISOString();
}

/** The address of the same list with other values; from its beginning. */
export function searchWith(params: URLSearchParams, changes: Partial<AuditFilter>): string {
  const query = new URLSearchParams(params);
  query.delete("cursor");
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `?${query}`;
}

/** The address of the next page; it works without a script, too. */
export function moreOf(params: URLSearchParams, cursor: string): string {
  const query = new URLSearchParams(params);
  query.set("cursor", cursor);
  return `?${query}`;
}
