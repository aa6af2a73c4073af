/** What people are told, how they want to be told, and what administrators tell. */
import type { Role } from "./accounts.ts";
import type { PlanId } from "./billing.ts";
import type { TaskState } from "./common.ts";

export type NotificationKind = "welcome" | "invoice" | "security" | "announcement";
export type MailTiming = "at_once" | "daily" | "never";

export interface Notification {
  id: string;
  user_id: string;
  kind: NotificationKind;
  title: string;
  body: string;
  link?: string | null;
  read_at?: string | null;
  quiet?: boolean;
  created_at: string;
}

export interface KindPreference {
  kind: NotificationKind;
  live: boolean;
  mail: MailTiming;
}

/** Times of day such as `22:00`, in the profile's time zone. */
export interface QuietHours {
  from: string;
  to: string;
}

export interface NotificationPreferences {
  kinds: KindPreference[];
  quiet_hours: QuietHours | null;
  version: number;
}

/** Who gets an announcement: everybody who fits all that is given. */
export interface Audience {
  roles?: Role[] | null;
  plans?: PlanId[] | null;
  verified?: boolean | null;
}

export interface Announcement {
  id: string;
  title: string;
  body: string;
  link?: string | null;
  audience: Audience;
  state: TaskState;
  recipients: number;
  delivered: number;
  created_by?: string | null;
  created_at: string;
  finished_at?: string | null;
}
