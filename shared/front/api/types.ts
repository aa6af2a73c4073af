/** What back-api and back-auth exchange with us: mirrors of `shared/models/*.py`, field by field. Times are RFC 3339 UTC. */

export type Role = "user" | "support" | "billing-admin" | "admin";
export type Theme = "system" | "light" | "dark";
export type PlanId = "free" | "pro";
export type Interval = "month" | "year";
export type Currency = "EUR" | "USD";
export type TaskState = "pending" | "running" | "succeeded" | "failed";

/** A complete, bounded list. */
export interface Items<Item> {
  items: Item[];
}

export interface Page<Item> {
  items: Item[];
  next_cursor?: string | null;
}

export interface FieldProblem {
  field: string;
  message: string;
}

/** RFC 9457; `current` is the stored entity when our version is stale. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  correlation_id?: string;
  errors?: FieldProblem[];
  current?: unknown;
  dependency?: string;
}

export interface User {
  id: string;
  email: string;
  name?: string | null;
  role: Role;
  permissions: string[];
  status: "active" | "suspended";
  email_verified_at?: string | null;
  created_at: string;
}

export interface TokenPair {
  access_token: string;
  refresh_token: string;
  token_type: "Bearer";
  expires_in: number;
}

export interface TwoFactorChallenge {
  two_factor_required: true;
  challenge_token: string;
}

export interface Session {
  id: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  user_agent: string;
  ip: string;
  current: boolean;
}

export interface LoginEvent {
  id: string;
  user_id: string;
  outcome: "succeeded" | "failed" | "locked";
  ip: string;
  user_agent: string;
  session_id?: string | null;
  occurred_at: string;
}

export interface Profile {
  id: string;
  user_id: string;
  name: string;
  display_name?: string | null;
  bio: string;
  avatar_url?: string | null;
  time_zone: string;
  locale: string;
  theme: Theme;
  version: number;
  created_at: string;
  updated_at: string;
}

export type ProfileFields = Pick<Profile, "name" | "display_name" | "bio" | "time_zone" | "locale" | "theme">;

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

export interface Price {
  interval: Interval;
  currency: Currency;
  amount_minor: number;
}

/** `prices` are per seat. */
export interface Plan {
  id: PlanId;
  name: string;
  description: string;
  features: string[];
  prices: Price[];
}

export interface Subscription {
  id: string;
  user_id: string;
  plan: PlanId;
  interval: Interval;
  currency: Currency;
  seats: number;
  state: "active" | "canceled";
  next_due_on: string | null;
  started_at: string;
  canceled_at?: string | null;
  version: number;
}

export interface Invoice {
  id: string;
  number: string;
  user_id: string;
  subscription_id: string;
  run_id: string;
  period: string;
  plan: PlanId;
  currency: Currency;
  amount_minor: number;
  state: "issued" | "paid" | "failed";
  lines: { description: string; quantity: number; unit_amount_minor: number; amount_minor: number }[];
  issued_at: string;
}

export interface BillingRun {
  id: string;
  task_id: string;
  period: string;
  dry_run: boolean;
  state: TaskState;
  requested_by?: string | null;
  due: number;
  processed: number;
  invoices: number;
  total_minor: Record<string, number>;
  error?: string | null;
  created_at: string;
  finished_at?: string | null;
}

/** 202 of `POST /api/billing/runs`. */
export type BillingRunAccepted = Pick<BillingRun, "id" | "task_id" | "period" | "state">;

export interface Task {
  id: string;
  type: string;
  state: TaskState;
  progress: number;
  result?: Record<string, unknown> | null;
  error?: string | null;
  created_by?: string | null;
  created_at: string;
  updated_at: string;
}

/** A request by its first span. */
export interface TraceSummary {
  correlation_id: string;
  trace_id: string;
  name: string;
  service: string;
  started_at: string;
  duration_ms: number;
  spans: number;
  failed: boolean;
}

export interface TraceSpan {
  id: string;
  parent_id: string;
  service: string;
  name: string;
  kind: string;
  started_at: string;
  duration_ms: number;
  failed: boolean;
  attributes: Record<string, string>;
}

export interface TraceLog {
  at: string;
  service: string;
  level: string;
  event: string;
  fields: Record<string, string | number | boolean>;
}

export interface Trace {
  correlation_id: string;
  spans: TraceSpan[];
  logs: TraceLog[];
}

/** What an operator sees of a consumer group; seconds since the oldest entry that it took and has not finished. */
export interface StreamGroup {
  name: string;
  consumers: number;
  pending: number;
  lag: number | null;
  oldest_pending_seconds: number | null;
}

export interface EventStream {
  name: string;
  length: number;
  last_at?: string | null;
  groups: StreamGroup[];
}

export interface EventStreams {
  streams: EventStream[];
  outbox: { pending: number; oldest_seconds: number | null };
  dead_letters: number;
  aside: number;
}

export interface DomainEvent {
  id: string;
  type: string;
  version: number;
  occurred_at: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

export interface RecentEvent {
  stream: string;
  entry_id: string;
  event: DomainEvent;
}

export interface RecentEvents {
  items: RecentEvent[];
}

export type DeadLetterKind = "dead" | "aside";

/** An event that no consumer could handle (`dead`), or of a version newer than its consumer (`aside`). */
export interface DeadLetter {
  id: string;
  kind: DeadLetterKind;
  stream: string;
  entry_id: string;
  group: string;
  error: string;
  buried_at: string;
  deliveries?: number | null;
  event: DomainEvent | null;
  text: string;
}

/** What `/ws/notifications` sends. */
export type LiveMessage =
  | { type: "notification.created"; id: string; data: Notification; created_at: string }
  | { type: "notification.read"; id: string; data: { id: string } | { all: true }; created_at: string }
  | { type: "notification.deleted"; id: string; data: { id: string }; created_at: string }
  | { type: "profile.updated"; id: string; data: Profile; created_at: string }
  | { type: "task.progress"; id: string; data: Task; created_at: string };

/** `actor` is null when nobody who is known did it. */
export interface AuditEntry {
  id: string;
  at: string;
  action: string;
  actor?: string | null;
  subject_type: string;
  subject_id: string;
  correlation_id: string;
  details: Record<string, string>;
}
