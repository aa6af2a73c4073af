/** What happened, and who has yet to handle it. */

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

/** What back-redis holds, and how much it may; a limit of 0 is none. */
export interface StoreMemory {
  used_bytes: number;
  limit_bytes: number;
}

export interface EventStreams {
  streams: EventStream[];
  outbox: { pending: number; oldest_seconds: number | null; dead?: number };
  dead_letters: number;
  aside: number;
  waiting?: number;
  memory?: StoreMemory | null;
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

export type DeadLetterKind = "dead" | "aside" | "unsent" | "waiting";

/**
 * An event that no consumer could handle (`dead`), of a version newer than its consumer (`aside`), that never came to
 * its stream (`unsent`), or that waits for a peer which is away (`waiting`).
 */
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
