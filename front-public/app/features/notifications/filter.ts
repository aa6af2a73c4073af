/** Which notifications the list shows: part of its address, so that it can be linked to and works without JavaScript. */
import type { NotificationKind } from "@dashboard/front/api/types.ts";

export interface Filter {
  unread: boolean;
  kind: NotificationKind | null;
}

/** The kinds, and what a reader calls them. */
export const KIND_NAMES: Record<NotificationKind, string> = {
  welcome: "Getting started",
  invoice: "Invoices",
  security: "Security",
  announcement: "Announcements",
};

export const KINDS = Object.keys(KIND_NAMES) as NotificationKind[];

/** An address that somebody made up shows everything. */
export function readFilter(params: URLSearchParams): Filter {
  const kind = KINDS.find((name) => name === params.get("kind")) ?? null;
  return { unread: params.get("unread") === "true", kind };
}

export function filterQuery({ unread, kind }: Filter): string {
  const query = new URLSearchParams();
  if (unread) query.set("unread", "true");
  if (kind) query.set("kind", kind);
  return `?${query}`;
}

/** Why the list is empty, and what somebody may expect here. */
export function emptyText({ unread, kind }: Filter): { title: string; text: string } {
  if (unread && kind) return { title: `Nothing unread in “${KIND_NAMES[kind]}”`, text: "You are up to date." };
  if (unread) return { title: "You have read everything", text: "What comes next shows here by itself." };
  if (kind) return { title: `Nothing in “${KIND_NAMES[kind]}” yet`, text: EXPECT[kind] };
  const text = "When something happens to your account or your plan, you read it here first.";
  return { title: "Nothing here yet", text };
}

const EXPECT: Record<NotificationKind, string> = {
  welcome: "First steps show here after you register.",
  invoice: "Each invoice shows here as soon as it is issued.",
  security: "When one of your sessions is ended, you read it here.",
  announcement: "When we have something to tell everybody, it shows here.",
};
