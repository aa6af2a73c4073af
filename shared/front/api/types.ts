/** What services send to the fronts. Generated from shared/models by `python -m tooling contracts schemas --write`: do not edit. Times are RFC 3339 UTC. */

/** A complete, bounded list. */
export interface Items<Item> {
  items: Item[];
}

/** One page of a list; `next_cursor` is null on the last page. */
export interface Page<Item> extends Items<Item> {
  next_cursor?: string | null;
}

/** What events are about: the part of their type before the dot. */
export const EVENT_FAMILIES = [
  "announcement",
  "billing_run",
  "event",
  "feature_flag",
  "invoice",
  "login",
  "profile",
  "session",
  "subscription",
  "user",
] as const;

export type Currency = "EUR" | "USD";

export type DeadLetterKind = "dead" | "aside" | "waiting" | "unsent";

export type Interval = "month" | "year";

export type InvoiceState = "issued" | "paid" | "failed";

export type MailChoice = "at_once" | "daily" | "never";

export type PlanId = "free" | "pro";

export type Role = "user" | "support" | "billing-admin" | "admin";

export type ServiceCondition = "up" | "down" | "unknown";

export type Span = "7d" | "30d" | "90d";

export type StaleReason = "expired" | "complete";

export type SubscriptionState = "active" | "canceled";

export type TaskState = "pending" | "running" | "succeeded" | "failed";

export type Theme = "system" | "light" | "dark";

export type UserStatus = "active" | "suspended";

/** `id` is also the id of each recipient's notification; `delivered` counts the recipients who have it. */
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

/** Active accounts that meet every given condition; without conditions, all of them. Nobody's plan is `free`. */
export interface Audience {
  roles?: Role[] | null;
  plans?: PlanId[] | null;
  verified?: boolean | null;
}

export interface AudienceSize {
  recipients: number;
}

/** `id` is the event's (UUIDv7), so that an event that comes again is the same entry; `action` is its type. `actor` is the user who did it, null when that was the system or nobody who is known. `subject_type` and `subject_id` say to what. `details` never hold a secret, and addresses are masked (`a***@example.com`). */
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

/** A page as administrators read it: `people` has the current addresses, by id, of the users whom the entries name. Deleted users are missing; the map is empty while back-postgres is unavailable. */
export interface AuditPage {
  items: AuditEntry[];
  next_cursor?: string | null;
  people: Record<string, string>;
}

/** Work that waits: not yet published events, entries that no consumer group has finished, and undelivered ones. */
export interface Backlog {
  outbox?: number | null;
  unsent?: number | null;
  oldest_seconds?: number | null;
  streams?: number | null;
  dead_letters?: number | null;
  waiting?: number | null;
  parked?: number | null;
}

/** The books of one run; `total_minor` adds up the invoices it made, by currency. */
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
export interface BillingRunAccepted {
  id: string;
  task_id: string;
  period: string;
  state: TaskState;
}

/** Invoiced in the period and in the one before, in one currency. */
export interface CurrencyRevenue {
  currency: string;
  amount_minor: number;
  before_minor: number;
}

/** `total` over the period, `before` over the one of equal length before it; `days` has every day of the period. */
export interface DailyFigure {
  total: number;
  before: number;
  days: DayCount[];
}

export interface DayCount {
  day: string;
  count: number;
}

/** An entry that `group` could not handle (`dead`), does not know yet or has no feature for, which is off (`aside`) or has waited on for long while a peer is away (`waiting`, tried again by itself), and why; or an event that never came to its stream (`unsent`; it has no group and no entry). `stream` and `entry_id` are where it came from, `text` what stood there; `event` is null when that is no event. */
export interface DeadLetter {
  id: string;
  kind: DeadLetterKind;
  stream: string;
  entry_id: string;
  group: string;
  error: string;
  buried_at: string;
  deliveries?: number | null;
  event?: Event | null;
  text: string;
}

/** How many letters were changed, and how many were `missing` or could not be changed. */
export interface DeadLettersChanged {
  changed: number;
  missing: number;
}

/** The envelope. Consumers are idempotent by `id` (UUIDv7); order holds per `aggregate_id`. */
export interface Event {
  id: string;
  type: string;
  version: number;
  aggregate_id: string;
  user_id?: string | null;
  occurred_at: string;
  correlation_id: string;
  traceparent: string;
  data: Record<string, unknown>;
}

/** An event, and the `dead_letters` that hold it, of the first 1,000 of each kind since then. */
export interface EventDetail {
  stream: string;
  entry_id: string;
  event: Event;
  dead_letters: DeadLetter[];
}

/** `last_at` is when its newest entry was appended. */
export interface EventStream {
  name: string;
  length: number;
  last_at?: string | null;
  groups: StreamGroup[];
}

/** `GET /api/events/streams`; `waiting` events have waited long for a peer, `memory` is that of back-redis. */
export interface EventStreams {
  streams: EventStream[];
  outbox: OutboxFigures;
  dead_letters: number;
  aside: number;
  waiting: number;
  memory?: StoreMemory | null;
}

/** One version of a flag. Version 0 is the contract's: nobody has changed the flag yet. */
export interface FeatureFlag {
  name: string;
  version: number;
  enabled: boolean;
  percentage: number;
  rules: FlagRule[];
  owner: string;
  expires_on: string;
  reason?: string | null;
  changed_by?: string | null;
  changed_at?: string | null;
}

/** One refused field; `field` is a dotted path into the request body, empty for the whole body. */
export interface FieldProblem {
  field: string;
  message: string;
}

/** `GET /api/figures`. A figure is null while its store is away (`missing` names it) or when the caller may not read it. */
export interface Figures {
  period: Span;
  first_day: string;
  last_day: string;
  time_zone: string;
  sign_ups?: DailyFigure | null;
  active_people?: DailyFigure | null;
  revenue?: Revenue | null;
  failed_runs?: BillingRun[] | null;
  requests?: RequestFigures | null;
  slow_routes?: RouteFigures[] | null;
  backlog: Backlog;
  missing: string[];
}

/** `feature` is the one whose contract names the flag, `default` its default there. */
export interface FlagDetails {
  name: string;
  version: number;
  enabled: boolean;
  percentage: number;
  rules: FlagRule[];
  owner: string;
  expires_on: string;
  reason?: string | null;
  changed_by?: string | null;
  changed_at?: string | null;
  feature: string;
  default: boolean;
  stale?: StaleReason | null;
}

/** `GET /api/feature-flags/{name}/history`, newest first; `people` as in the report. */
export interface FlagHistory {
  items: FeatureFlag[];
  next_cursor?: string | null;
  people: Record<string, string>;
}

/** `GET /api/feature-flag-report`; `people` has the addresses, by id, of those who changed the flags last. */
export interface FlagReport {
  items: FlagDetails[];
  people: Record<string, string>;
}

/** Callers whose `attribute` (a role, a plan's id, a user's id) is one of `values` have the feature, whatever the share is. */
export interface FlagRule {
  attribute: "role" | "plan" | "user";
  values: string[];
}

/** `GET /api/feature-flags`: whether the flag is on for the caller. */
export interface FlagState {
  name: string;
  enabled: boolean;
}

/** Traced requests that began in the hour from `at` on. `capped`: there were more than were looked at. */
export interface HourRequests {
  at: string;
  requests: number;
  failed: number;
  p95_ms: number;
  capped: boolean;
}

/** `number` is consecutive and for people; `id` is for programs. */
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
  state: InvoiceState;
  lines: InvoiceLine[];
  issued_at: string;
}

export interface InvoiceLine {
  description: string;
  quantity: number;
  unit_amount_minor: number;
  amount_minor: number;
}

/** A page of `GET /api/billing/invoices`. */
export interface InvoicePage {
  items: ListedInvoice[];
  next_cursor?: string | null;
  total?: number | null;
  more: boolean;
}

/** `GET /.well-known/jwks.json` (RFC 7517): the public halves of the keys that sign access tokens. */
export interface KeySet {
  keys: Record<string, unknown>[];
}

/** `live`: shown at once in open tabs (it is stored in any case). `mail`: at once, in the daily digest, or never. */
export interface KindPreference {
  kind: string;
  live: boolean;
  mail: MailChoice;
}

/** An invoice with the name and the address of whom it is for. */
export interface ListedInvoice {
  id: string;
  number: string;
  user_id: string;
  subscription_id: string;
  run_id: string;
  period: string;
  plan: PlanId;
  currency: Currency;
  amount_minor: number;
  state: InvoiceState;
  lines: InvoiceLine[];
  issued_at: string;
  email: string;
  name?: string | null;
}

/** An account with the plan of its subscription; without one, `plan` is null. */
export interface ListedUser {
  id: string;
  email: string;
  name?: string | null;
  role: Role;
  permissions: string[];
  status: UserStatus;
  email_verified_at?: string | null;
  created_at: string;
  plan?: PlanId | null;
}

/** One attempt to log in, kept in Cassandra by user and month. */
export interface LoginEvent {
  id: string;
  user_id: string;
  outcome: "succeeded" | "failed" | "locked";
  ip: string;
  user_agent: string;
  session_id?: string | null;
  occurred_at: string;
}

/** `GET /api/me`. */
export interface Me {
  user: User;
}

/** Invoiced in one month (`YYYY-MM`) in one currency. */
export interface MonthRevenue {
  month: string;
  currency: string;
  amount_minor: number;
  invoices: number;
}

/** `id` is the id of the event that caused it (UUIDv7), so that storing it twice is the same as once. `quiet`: it came in the recipient's quiet hours, so it is shown without a sound or a toast. */
export interface Notification {
  id: string;
  user_id: string;
  kind: string;
  title: string;
  body: string;
  link?: string | null;
  read_at?: string | null;
  quiet: boolean;
  created_at: string;
}

/** Live: one is gone. */
export interface NotificationDeleted {
  id: string;
}

/** Every kind once. `version` is the ETag; 0 while nothing was chosen. */
export interface NotificationPreferences {
  kinds: KindPreference[];
  quiet_hours?: QuietHours | null;
  version: number;
}

/** Live: one was marked as read, or all that were there. */
export interface NotificationRead {
  id?: string | null;
  all: boolean;
}

/** Live: one was marked as unread. */
export interface NotificationUnread {
  id: string;
}

/** `pending` is counted up to 100,000; `dead` could not be published and are not retried. */
export interface OutboxFigures {
  pending: number;
  oldest_seconds: number;
  dead: number;
}

/** `prices` are per seat. */
export interface Plan {
  id: PlanId;
  name: string;
  description: string;
  features: string[];
  prices: Price[];
}

/** `online` are the connected ones of the requested users, `total` counts everybody; both lag by up to 25 seconds. */
export interface Presence {
  online: string[];
  total: number;
}

export interface Price {
  interval: Interval;
  currency: Currency;
  amount_minor: number;
}

/** `type` is a stable URN; `detail` says what to do; `current` is the stored entity when the caller's version is stale. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  correlation_id?: string;
  errors?: FieldProblem[] | null;
  current?: Record<string, unknown> | null;
  dependency?: string | null;
}

/** `version` increases by one with each change and is the ETag. */
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

/** From one time of day to another, over midnight when `to` is the earlier one. */
export interface QuietHours {
  from: string;
  to: string;
}

/** An entry of a stream; addresses in the event's data are masked (`a***@example.com`). */
export interface RecentEvent {
  stream: string;
  entry_id: string;
  event: Event;
}

/** `GET /api/events/recent`, newest first. */
export interface RecentEvents {
  items: RecentEvent[];
}

/** The same answer to every well-formed registration, whether the address was free or not. */
export interface RegistrationAccepted {
  email: string;
  status: "check_your_mail";
}

/** The replayed entries; `entries` is their number. */
export interface Replay {
  group: string;
  stream: string;
  entries: number;
}

/** Traced requests of the last 24 hours: `hours` by time, `routes` slowest first. Traces may be a sample of all requests. */
export interface RequestFigures {
  requests: number;
  failed: number;
  p95_ms: number;
  hours: HourRequests[];
  routes: RouteFigures[];
}

/** Amounts of different currencies are never added up. `months` are the last six, in every currency of them. */
export interface Revenue {
  totals: CurrencyRevenue[];
  months: MonthRevenue[];
}

/** Traced requests of one route in the last 24 hours, by the service in which they began. */
export interface RouteFigures {
  name: string;
  service: string;
  requests: number;
  failed: number;
  p95_ms: number;
}

/** A service as `boundaries.yaml` declares it, and whether it answers; `unknown` is one that back-api cannot ask. */
export interface ServiceState {
  name: string;
  kind: string;
  does: string;
  calls: string[];
  condition: ServiceCondition;
}

/** One login on one device: a refresh token family. */
export interface Session {
  id: string;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  user_agent: string;
  ip: string;
  current: boolean;
}

/** A login for one WebSocket or event stream (`?ticket=`), opened within `expires_in` seconds. */
export interface SocketTicket {
  ticket: string;
  expires_in: number;
}

/** The memory that back-redis uses, and its limit; `limit_bytes` is 0 when there is no limit. */
export interface StoreMemory {
  used_bytes: number;
  limit_bytes: number;
}

/** A consumer group of a stream: `lag` entries were not delivered yet, `pending` are delivered and not finished. */
export interface StreamGroup {
  name: string;
  consumers: number;
  pending: number;
  lag: number;
  oldest_pending_seconds: number;
}

/** One per user. Billed in advance: `next_due_on` is the start of the next unpaid period. */
export interface Subscription {
  id: string;
  user_id: string;
  plan: PlanId;
  interval: Interval;
  currency: Currency;
  seats: number;
  state: SubscriptionState;
  next_due_on: string | null;
  started_at: string;
  canceled_at?: string | null;
  version: number;
}

/** `GET /api/tasks/{id}`; lives in PostgreSQL, not in Celery's result store. */
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

/** OAuth 2 shaped (RFC 6749 section 5.1): the access token is a JWT, the refresh token opaque and rotated at each use. */
export interface TokenPair {
  access_token: string;
  refresh_token: string;
  token_type: "Bearer";
  expires_in: number;
}

/** Spans and log lines of one correlation id, by time. */
export interface Trace {
  correlation_id: string;
  spans: TraceSpan[];
  logs: TraceLog[];
}

/** A log line with the service that wrote it. */
export interface TraceLog {
  at: string;
  level: string;
  event: string;
  fields: Record<string, string | number | boolean>;
  service: string;
}

/** May have fewer items than were asked for, and more behind it: a search stops at a bound and goes on from there. */
export interface TracePage {
  items: TraceSummary[];
  next_cursor?: string | null;
}

/** One step: `kind` is server, client, producer, consumer or internal; `parent_id` is empty where the trace begins. `attributes` say, where they apply, the `peer` that was called, the verified `caller`, the `status` of the answer and the `statement` with placeholders. */
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

/** A request by its first span; `failed` when any of its `spans` did. */
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

/** Counted up to 1,000; the bell shows 99+ from 100 on. */
export interface UnreadCount {
  count: number;
}

/** An account as every service sees it; never carries a credential. */
export interface User {
  id: string;
  email: string;
  name?: string | null;
  role: Role;
  permissions: string[];
  status: UserStatus;
  email_verified_at?: string | null;
  created_at: string;
}

/** A page of `GET /api/users`. */
export interface UserPage {
  items: ListedUser[];
  next_cursor?: string | null;
  total?: number | null;
  more: boolean;
}

/** What is sent over `/ws/notifications`, by type. */
export interface LiveData {
  "notification.created": Notification;
  "notification.deleted": NotificationDeleted;
  "notification.read": NotificationRead;
  "notification.unread": NotificationUnread;
  "profile.updated": Profile;
  "task.progress": Task;
}

export const LIVE_TYPES = [
  "notification.created",
  "notification.deleted",
  "notification.read",
  "notification.unread",
  "profile.updated",
  "task.progress",
] as const satisfies (keyof LiveData)[];

/** The message that is published to users (`back_redis.pubsub.LivePublisher`) and sent unchanged over `/ws/notifications`. */
export type LiveMessage = {
  [Type in keyof LiveData]: {
    type: Type;
    id: string;
    data: LiveData[Type];
    created_at: string;
  };
}[keyof LiveData];
