/** The calls of this front about plans, the subscription and invoices. */
import { orNull } from "@dashboard/front/api/part.server.ts";
import type { Invoice, Page, Plan, Subscription, User } from "@dashboard/front/api/types.ts";
import type { UserSession } from "@dashboard/front/session/session.server.ts";
import type { Terms } from "./terms.ts";

export async function readPlans(session: UserSession): Promise<Plan[]> {
  return (await session.api.get<{ items: Plan[] }>("/api/plans")).items;
}

export function readSubscription(session: UserSession): Promise<Subscription | null> {
  return orNull(session.api.get<Subscription>("/api/subscription"));
}

export function subscribe(session: UserSession, terms: Terms): Promise<Subscription> {
  return session.api.post("/api/subscription", { json: terms });
}

/** The currency of a running subscription stays. */
export function changeSubscription(session: UserSession, terms: Terms, version: string): Promise<Subscription> {
  const { plan, interval, seats } = terms;
  return session.api.patch("/api/subscription", { json: { plan, interval, seats }, version });
}

export function cancelSubscription(session: UserSession, version: string): Promise<void> {
  return session.api.delete("/api/subscription", { version });
}

export function listInvoices(session: UserSession, page: { limit: number; cursor?: string | null }) {
  return session.api.get<Page<Invoice>>("/api/invoices", page);
}

export function readInvoice(session: UserSession, id: string): Promise<Invoice> {
  return session.api.get(`/api/invoices/${encodeURIComponent(id)}`);
}

export async function readBuyer(session: UserSession): Promise<User> {
  return (await session.api.get<{ user: User }>("/api/me")).user;
}
