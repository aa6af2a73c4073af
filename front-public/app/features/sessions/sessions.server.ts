/** The calls of this front about sessions and sign-ins. */
import type { LoginEvent, Page, Session } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export async function listSessions(session: UserSession): Promise<Session[]> {
  return (await session.auth.get<{ items: Session[] }>("/api/auth/sessions")).items;
}

export function revokeSession(session: UserSession, id: string): Promise<void> {
  return session.auth.delete(`/api/auth/sessions/${encodeURIComponent(id)}`);
}

export function listLoginEvents(session: UserSession, page: { limit: number; cursor: string | null }) {
  return session.auth.get<Page<LoginEvent>>("/api/auth/login-events", page);
}
