/** The calls of this front about announcements. */
import type { Announcement, Audience, Page } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { Draft } from "./draft.ts";

export function listAnnouncements(session: UserSession, page: { limit: number; cursor: string | null }) {
  return session.api.get<Page<Announcement>>("/api/announcements", page);
}

/** How many accounts fit `audience` now. */
export async function countRecipients(session: UserSession, audience: Audience): Promise<number> {
  const answer = await session.api.post<{ recipients: number }>("/api/announcements/audience", { json: { audience } });
  return answer.recipients;
}

/** The same `key` again gives the same announcement, however often it is sent. */
export function announce(session: UserSession, draft: Draft, key: string): Promise<Announcement> {
  return session.api.post("/api/announcements", { json: draft, idempotencyKey: key });
}

export function readAnnouncement(session: UserSession, id: string): Promise<Announcement> {
  return session.api.get(`/api/announcements/${encodeURIComponent(id)}`);
}
