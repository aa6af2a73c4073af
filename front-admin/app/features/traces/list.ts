/** The list of traces as its address describes it. */
import { type Filter, valuesIn } from "@dashboard/front/table/filters.ts";
import { optionsOf } from "@dashboard/front/ui/select.tsx";

const BEGINS = ["front-public", "front-admin", "back-api", "back-auth", "back-websockets", "back-workers"];
export const FILTERS: readonly Filter[] = [
  { name: "name", label: "Route contains", placeholder: "/users", maxLength: 100 },
  { name: "service", label: "Started in", options: BEGINS.map((value) => ({ value, label: value })) },
  { name: "failed", label: "Status", options: optionsOf({ true: "Failed", false: "Succeeded" }) },
  {
    name: "slower_than_ms",
    label: "Slower than",
    options: optionsOf({ 50: "50 ms", 100: "100 ms", 250: "250 ms", 500: "500 ms", 1000: "1 s", 3000: "3 s" }),
  },
  { name: "noise", label: "Noise", options: [{ value: "true", label: "Shown" }] },
];
export const NAMES = ["name", "service", "failed", "slower_than_ms", "noise"] as const;

export interface TraceSearch {
  name?: string;
  service?: string;
  failed?: string;
  slower_than_ms?: string;
  noise?: string;
  limit: number;
  cursor?: string | null;
}

/** Noise is left out unless the address asks for it. */
export function searchIn(params: URLSearchParams): Omit<TraceSearch, "limit"> {
  return { noise: "false", ...valuesIn(NAMES, params), cursor: params.get("cursor") };
}
