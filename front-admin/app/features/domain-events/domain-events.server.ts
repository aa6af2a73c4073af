/** The calls of this front about events. */
import type {
  DeadLetter,
  DeadLetterKind,
  DeadLettersChanged,
  EventDetail,
  EventStreams,
  Page,
  RecentEvents,
} from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";

export function readStreams(session: UserSession): Promise<EventStreams> {
  return session.api.get("/api/events/streams");
}

export async function listRecent(session: UserSession, search: { stream: string | null; limit: number }) {
  return (await session.api.get<RecentEvents>("/api/events/recent", search)).items;
}

export function readEvent(session: UserSession, stream: string, entryId: string): Promise<EventDetail> {
  return session.api.get(`/api/events/streams/${encodeURIComponent(stream)}/${encodeURIComponent(entryId)}`);
}

export interface DeadLetterSearch {
  kind: DeadLetterKind;
  limit: number;
  cursor: string | null;
}

export function listDeadLetters(session: UserSession, search: DeadLetterSearch): Promise<Page<DeadLetter>> {
  return session.api.get("/api/events/dead-letters", { ...search });
}

const pathOf = (id: string) => `/api/events/dead-letters/${encodeURIComponent(id)}`;

export function readLetter(session: UserSession, id: string, kind: DeadLetterKind): Promise<DeadLetter> {
  return session.api.get(pathOf(id), { kind });
}

/** Once more to the group that could not handle it, and no longer among the dead letters. */
export function replayLetter(session: UserSession, id: string, kind: DeadLetterKind): Promise<void> {
  return session.api.post(`${pathOf(id)}/replay`, { query: { kind } });
}

export function discardLetter(session: UserSession, id: string, kind: DeadLetterKind): Promise<void> {
  return session.api.delete(pathOf(id), { query: { kind } });
}

export interface DeadLetterChanges {
  change: "replay" | "discard";
  kind: DeadLetterKind;
  ids: string[];
}

/** Several at once; those that somebody else has changed meanwhile are `missing`. */
export function changeDeadLetters(session: UserSession, changes: DeadLetterChanges): Promise<DeadLettersChanged> {
  return session.api.post("/api/events/dead-letters/changes", { json: changes });
}

export interface Replay {
  group: string;
  stream: string;
  from_id: string;
}

/** How many entries the group handles once more. */
export async function replayFrom(session: UserSession, replay: Replay): Promise<number> {
  return (await session.api.post<{ entries: number }>("/api/events/replays", { json: replay })).entries;
}
