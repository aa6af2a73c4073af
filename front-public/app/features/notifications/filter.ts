/** Which notifications the list shows: part of its address, so that it can be linked to and works without JavaScript. */
import { KINDS, textOf } from "./kinds.ts";

export interface Filter {
  unread: boolean;
  kind: string | null;
}

/** An unknown filter shows everything. */
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
  if (unread && kind) return { title: `Nothing unread in “${textOf(kind).name}”`, text: "You are up to date." };
  if (unread) return { title: "All caught up", text: "New notifications appear here automatically." };
  if (kind) return { title: `Nothing in “${textOf(kind).name}” yet`, text: textOf(kind).expect };
  const text = "What happens to your account and plan appears here.";
  return { title: "Nothing here yet", text };
}
