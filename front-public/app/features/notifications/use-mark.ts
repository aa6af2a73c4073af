import type { Notification, Problem } from "@dashboard/front/api/types.ts";
import { type FetcherWithComponents, useFetcher } from "react-router";

/** What the action of the list answers to a form that stays on its page. */
interface Answer {
  intent: string;
  problem: Problem | undefined;
}

export interface Mark {
  fetcher: FetcherWithComponents<Answer>;
  /** The notification as it is once the server has answered. */
  shown: Notification;
  /** It was marked as read here, and can be unread again. */
  canUndo: boolean;
  /** What was just done, for who does not see it. */
  status: string;
  problem: Problem | undefined;
}

/** Shows at once what is being marked as read or unread; what the server refuses shows as before. */
export function useMark(notification: Notification): Mark {
  const fetcher = useFetcher<Answer>();
  const { formData, data } = fetcher;
  const intent = formData?.get("intent") ?? (data && !data.problem ? data.intent : undefined);
  const shown = formData ? marked(notification, intent === "read") : notification;
  const canUndo = intent === "read" && Boolean(shown.read_at);
  const status = canUndo ? "Marked as read." : intent === "unread" && !shown.read_at ? "Marked as unread." : "";
  return { fetcher, shown, canUndo, status, problem: formData ? undefined : data?.problem };
}

const marked = (notification: Notification, isRead: boolean): Notification => ({
  ...notification,
  read_at: isRead ? (notification.read_at ?? notification.created_at) : null,
});
