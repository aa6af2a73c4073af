/** Where the pages of events and letters are, and what is said of each kind of letter. */
import type { DeadLetter, DeadLetterKind, RecentEvent } from "@dashboard/front/api/types.ts";

const PREFIX = "events:";

export const KINDS: Record<DeadLetterKind, string> = {
  dead: "Dead letter",
  waiting: "Waiting",
  aside: "Parked",
  unsent: "Never sent",
};

export const isLetterKind = (value: unknown): value is DeadLetterKind =>
  typeof value === "string" && Object.hasOwn(KINDS, value);

/** `user` of `events:user`. */
export const shortStream = (stream: string): string => stream.replace(PREFIX, "");

/** The stream that a page's address calls `user`. */
export const streamNamed = (short: string): string => `${PREFIX}${short}`;

export function eventPath({ stream, entry_id }: Pick<RecentEvent, "stream" | "entry_id">): string {
  return `/events/${encodeURIComponent(shortStream(stream))}/${encodeURIComponent(entry_id)}`;
}

export const letterPath = ({ kind, id }: Pick<DeadLetter, "kind" | "id">): string =>
  `/events/letters/${kind}/${encodeURIComponent(id)}`;

/** The list that a letter is in. */
export const listPath = (kind: DeadLetterKind): string => (kind === "dead" ? "/events" : `/events?kind=${kind}`);

/** The page of what a letter holds; null when it stands in no stream, or in that of a replay, which loses it once it is handled. */
export function originPath({ stream, entry_id }: DeadLetter): string | null {
  const isKept = entry_id !== "" && !stream.startsWith(`${PREFIX}replay:`);
  return isKept ? eventPath({ stream, entry_id }) : null;
}

export const nameOf = ({ event }: Pick<DeadLetter, "event">): string => event?.type ?? "Not an event";
