/** Who has business here: administrators, and whoever holds one of the permissions that a page here needs. */
import type { Identity } from "@dashboard/front/session/identity.ts";

const PERMISSIONS = [
  "users:read",
  "billing:read",
  "billing:run",
  "announcements:write",
  "events:read",
  "traces:read",
  "audit:read",
];

export function isAdministrator(identity: Identity | null): boolean {
  return identity?.role === "admin" || PERMISSIONS.some((name) => identity?.permissions.includes(name));
}
