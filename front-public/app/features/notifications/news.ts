/** Which notifications get a toast, and its words. */
import type { Notification } from "@dashboard/front/api/types.ts";
import type { Bundle, Toast } from "@dashboard/front/live/toasts.ts";

export const PAGE = "/app/notifications";

const BUNDLE: Bundle = { name: "notifications", title: (count) => `${count} new notifications`, link: PAGE };

/** Quiet ones and those that were read elsewhere only show in the bell. */
export const showsToast = ({ quiet, read_at }: Notification): boolean => !quiet && !read_at;

export function newsToast({ id, title, body, link }: Notification): Toast {
  return { id, title, body, link: isOurs(link) ? link : null, bundle: BUNDLE };
}

/** `link` may come from anywhere in the system; only a path of ours becomes a link. */
export const isOurs = (link: string | null | undefined): link is string =>
  Boolean(link?.startsWith("/") && !link.startsWith("//"));

/** What somebody missed while they were away; null when there is nothing to say. */
export function catchUpToast(missed: number, wasOffline: boolean): Toast | null {
  const title = wasOffline ? "You’re back online" : "Live updates are back";
  const toast = { id: "catch-up", title };
  if (missed === 0) return wasOffline ? { ...toast, body: "Nothing new arrived meanwhile." } : null;
  const body = missed === 1 ? "One notification arrived meanwhile." : `${missed} notifications arrived meanwhile.`;
  return { ...toast, body, link: PAGE };
}
