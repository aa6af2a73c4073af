/** The calls of this front about notifications. */
import type { Notification, Page } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { Filter } from "./filter.ts";

export interface Search extends Partial<Filter> {
  limit: number;
  cursor?: string | null;
}

export function listNotifications(session: UserSession, { limit, cursor, unread, kind }: Search) {
  return session.api.get<Page<Notification>>("/api/notifications", {
    limit,
    cursor,
    kind,
    unread: unread ? "true" : null,
  });
}

export async function unreadCount(session: UserSession): Promise<number> {
  return (await session.api.get<{ count: number }>("/api/notifications/unread-count")).count;
}

export function markRead(session: UserSession, id: string): Promise<void> {
  return session.api.post(`/api/notifications/${encodeURIComponent(id)}/read`);
}

export function markUnread(session: UserSession, id: string): Promise<void> {
  return session.api.post(`/api/notifications/${encodeURIComponent(id)}/unread`);
}

export function markAllRead(session: UserSession): Promise<void> {
  return session.api.post("/api/notifications/read-all");
}

export function deleteNotification(session: UserSession, id: string): Promise<void> {
  return session.api.delete(`/api/notifications/${encodeURIComponent(id)}`);
}
