/** The calls of this front about users. */
import { orNull } from "@dashboard/front/api/part.server.ts";
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

/** Which of these have a page open now, as far as anybody knows. One question for a whole page of users. */
export async function whoIsOnline(session: UserSession, users: User[]): Promise<string[]> {
  if (users.length === 0) return [];
  const query = { user_id: users.map(({ id }) => id) };
  return (await orNull(session.api.get<{ online: string[] }>("/api/presence", query)))?.online ?? [];
}
