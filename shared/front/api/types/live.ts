/** What `/ws/notifications` sends. */
import type { Task } from "./common.ts";
import type { Notification } from "./notifications.ts";
import type { Profile } from "./profile.ts";

export type LiveMessage =
  | { type: "notification.created"; id: string; data: Notification; created_at: string }
  | { type: "notification.read"; id: string; data: { id: string } | { all: true }; created_at: string }
  | { type: "notification.deleted"; id: string; data: { id: string }; created_at: string }
  | { type: "profile.updated"; id: string; data: Profile; created_at: string }
  | { type: "task.progress"; id: string; data: Task; created_at: string };
