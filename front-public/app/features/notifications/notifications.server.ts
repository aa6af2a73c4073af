/** What this front asks about notifications. */
import type { Notification, Page } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export function listNotifications(session: UserSession, page: { limit: number; cursor?: string | null }) {
  return session.api.get<Page<Notification>>("/api/notifications", page);
}

export async function unreadCount(session: UserSession): Promise<number> {
  return (await session.api.get<{ count: number }>("/api/notifications/unread-count")).count;
}

export function markRead(session: UserSession, id: string): Promise<void> {
  return session.api.post(`/api/notifications/${encodeURIComponent(id)}/read`);
}

export function markAllRead(session: UserSession): Promise<void> {
  return session.api.post("/api/notifications/read-all");
}
