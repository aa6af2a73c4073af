/** What this front asks about users. */
import type { Page, User } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export interface UserSearch {
  q?: string | null;
  cursor?: string | null;
  limit: number;
}

export function listUsers(session: UserSession, search: UserSearch): Promise<Page<User>> {
  return session.api.get("/api/users", { ...search });
}
