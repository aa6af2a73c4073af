/** The filter of the audit log as it stands in the address, and what back-api is asked for. */
import { EVENT_FAMILIES } from "@dashboard/front/api/types.ts";
import { type Filter, valuesIn } from "@dashboard/front/table/filters.ts";

export const NAMES = ["action", "actor", "subject", "from", "to"] as const;
type AuditFilter = Partial<Record<(typeof NAMES)[number], string>>;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MILLISECONDS = 86_400_000;

/** `people` has addresses by id. */
export const filtersFor = (people: Record<string, string>): readonly Filter[] => {
  const say = (id: string) => people[id] ?? id;
  return [
    { name: "action", label: "Action begins with", suggestions: EVENT_FAMILIES, placeholder: "user", maxLength: 100 },
    { name: "actor", label: "Done by", placeholder: "User ID", maxLength: 36, say },
    { name: "subject", label: "Done to", placeholder: "ID", maxLength: 100, say },
    { name: "from", label: "From", type: "date" },
    { name: "to", label: "To", type: "date" },
  ];
};

/** Days become moments in UTC; the last day is included. What is no day goes as it is, and back-api says what is wrong. */
export function searchIn(params: URLSearchParams): AuditFilter & { cursor: string | null } {
  const { action, from, to, ...rest } = valuesIn(NAMES, params);
  const moments = { from: momentOf(from, 0), to: momentOf(to, DAY_MILLISECONDS) };
  return { action: action?.toLowerCase(), ...rest, ...moments, cursor: params.get("cursor") };
}

function momentOf(day: string | undefined, later: number): string | undefined {
  const at = day && DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? day : new Date(at + later).toISOString();
}
