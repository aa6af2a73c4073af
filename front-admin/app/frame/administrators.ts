/** Who may enter: administrators, and users with one of the permissions that a page here needs. */
import { permissions } from "virtual:front-pages";
import type { Identity } from "@dashboard/front/session/identity.ts";

export function isAdministrator(identity: Identity | null): boolean {
  return identity?.role === "admin" || permissions.some((name) => identity?.permissions.includes(name));
}
