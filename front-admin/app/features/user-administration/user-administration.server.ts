/** The calls of this front about users. */
import { orNull, part } from "@dashboard/front/api/part.server.ts";
import type { Part } from "@dashboard/front/api/problem.ts";
import type { AuditEntry, AuditPage, ListedInvoice, User, UserPage } from "@dashboard/front/api/types.ts";
import { may } from "@dashboard/front/session/identity.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import { listInvoices } from "../billing/billing.server.ts";

export interface UserSearch {
  q?: string;
  role?: string;
  status?: string;
  plan?: string;
  verified?: string;
  sort?: string;
  cursor?: string | null;
  limit: number;
  /** Whether the answer has the total. */
  count?: "true";
}

export function listUsers(session: UserSession, search: UserSearch): Promise<UserPage> {
  return session.api.get("/api/users", { ...search });
}

/** Which of these have a page open now, as far as anybody knows. One question for a whole page of users. */
export async function whoIsOnline(session: UserSession, users: User[]): Promise<string[]> {
  if (users.length === 0) return [];
  const query = { user_id: users.map(({ id }) => id) };
  return (await orNull(session.api.get<{ online: string[] }>("/api/presence", query)))?.online ?? [];
}

/** What somebody did, or what was done to them. */
export interface History {
  entries: AuditEntry[];
  people: AuditPage["people"];
}

export interface UserDetail {
  user: User;
  isOnline: boolean;
  /** null: not for the reader's role. */
  history: Part<History> | null;
  /** The newest; null: not for the reader's role. */
  invoices: Part<ListedInvoice[]> | null;
}

const ENTRIES = 10;
const INVOICES = 5;

export function readAccount(session: UserSession, id: string): Promise<User> {
  return session.api.get(`/api/users/${encodeURIComponent(id)}`);
}

/** One account with what is known of it to the reader; what is away is missing. */
export async function readUser(session: UserSession, id: string): Promise<Part<UserDetail>> {
  const [user, online, history, invoices] = await Promise.all([
    part(readAccount(session, id)),
    part(whoIsOnline(session, [{ id } as User])),
    may(session.identity, "audit:read") ? part(readHistory(session, id)) : null,
    may(session.identity, "billing:read") ? part(newestInvoices(session, id)) : null,
  ]);
  if (!user.ok) return user;
  return { ok: true, data: { user: user.data, isOnline: online.ok && online.data.includes(id), history, invoices } };
}

async function newestInvoices(session: UserSession, user_id: string): Promise<ListedInvoice[]> {
  return (await listInvoices(session, { user_id, limit: INVOICES })).items;
}

async function readHistory(session: UserSession, id: string): Promise<History> {
  const [by, about] = await Promise.all(
    ["actor", "subject"].map((who) => session.api.get<AuditPage>("/api/audit", { [who]: id, limit: ENTRIES })),
  );
  const both = new Map([...(by?.items ?? []), ...(about?.items ?? [])].map((entry) => [entry.id, entry]));
  const newest = [...both.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
  return { entries: newest.slice(0, ENTRIES), people: { ...by?.people, ...about?.people } };
}
