/** The groups of users that a form can choose, with their texts. */
import type { PlanId, Role } from "@dashboard/front/api/types.ts";

export const ROLES: Record<Role, string> = {
  user: "Users",
  support: "Support",
  "billing-admin": "Billing administrators",
  admin: "Administrators",
};

export const PLANS: Record<PlanId, string> = { free: "Free", pro: "Pro" };
