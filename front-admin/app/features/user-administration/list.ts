/** The list of users as its address describes it. */
import { type Filter, valuesIn } from "@dashboard/front/table/filters.ts";
import { optionsOf } from "@dashboard/front/ui/select.tsx";
import type { UserSearch } from "./user-administration.server.ts";

export const NEWEST_FIRST = "-created_at";
export const ROLES = { user: "User", support: "Support", "billing-admin": "Billing admin", admin: "Admin" };
export const PLANS = { free: "Free", pro: "Pro" };

export const SEARCH: Filter = {
  name: "q",
  label: "Search by name or email",
  placeholder: "Name or email",
  maxLength: 100,
};
export const FILTERS: readonly Filter[] = [
  { name: "role", label: "Role", options: optionsOf(ROLES) },
  { name: "status", label: "Status", options: optionsOf({ active: "Active", suspended: "Suspended" }) },
  { name: "plan", label: "Plan", options: optionsOf(PLANS) },
  { name: "verified", label: "Email verified", options: optionsOf({ true: "Yes", false: "No" }) },
];
export const NAMES = ["q", "role", "status", "plan", "verified", "sort"] as const;

export function searchIn(params: URLSearchParams): Omit<UserSearch, "limit"> {
  return { ...valuesIn(NAMES, params), cursor: params.get("cursor") };
}
